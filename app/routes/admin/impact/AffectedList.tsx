import { Link } from '@remix-run/react'
import { CalendarX2 } from 'lucide-react'
import type { Outputs } from '../../../api.ts'
import { StatusBadge } from '../../../components/Badge.tsx'
import { Button } from '../../../components/Button.tsx'
import { Radios } from '../../../components/Choices.tsx'
import { textLinkLook } from '../../../components/FormPage.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { Time } from '../../../components/Time.tsx'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'

export type Affected = Outputs['policies']['impact']['affected'][number]
export type Act = 'keep' | 'suggest' | 'cancel'

/** What is to become of each, by booking; one that isn't named is kept. */
export interface Plan {
  acts: ReadonlyMap<string, Act>
  /** Told to those whose booking is cancelled. */
  reason: string
}

interface AffectedListProps {
  affected: readonly Affected[]
  plan: Plan
  onChange: (plan: Plan) => void
}

/** The bookings to come that would no longer fit, each with why, and with what to do about it. */
export function AffectedList({ affected, plan, onChange }: AffectedListProps) {
  const { zone } = useView()
  const cancels = [...plan.acts.values()].includes('cancel')
  return (
    <section aria-labelledby="affected">
      <h3 id="affected" className="flex items-center gap-2 text-base">
        <CalendarX2 aria-hidden="true" className="size-5 shrink-0 text-wait" />
        {affected.length === 1 ? 'One booking' : `${affected.length} bookings`} to come would no longer fit
      </h3>
      <p className="mt-1 text-sm text-muted">
        Whatever you keep stays as it is. Nothing happens to any by itself. Times in {zoneInWords(zone)}.
      </p>
      {affected.length > MANY && <ForAll affected={affected} plan={plan} onChange={onChange} />}
      {cancels && (
        <TextField
          label="Reason for those you cancel"
          hint="Their clients read it."
          className="mt-4"
          rows={2}
          maxLength={1000}
          value={plan.reason}
          onChange={reason => onChange({ ...plan, reason })}
        />
      )}
      <ul className="mt-3 flex flex-col gap-3">
        {affected.map(each => (
          <li key={each.bookingId ?? each.sessionId} className="rounded-control border border-line px-4 py-3">
            <AffectedBooking
              affected={each}
              act={plan.acts.get(each.bookingId ?? '') ?? 'keep'}
              onAct={(id, act) => onChange({ ...plan, acts: new Map(plan.acts).set(id, act) })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const acts: { id: Act; label: string }[] = [
  { id: 'keep', label: 'Keep' },
  { id: 'suggest', label: 'Suggest times' },
  { id: 'cancel', label: 'Cancel' },
]

/** From how many on nobody wants to choose one by one. */
const MANY = 3

/** Chooses the same for all for which it can be chosen. */
function ForAll({ affected, plan, onChange }: AffectedListProps) {
  const choose = (act: Act) => {
    const chosen = affected.flatMap(({ bookingId, ofSlot }): [string, Act][] =>
      bookingId !== null && (ofSlot || act !== 'suggest') ? [[bookingId, act]] : [],
    )
    onChange({ ...plan, acts: new Map([...plan.acts, ...chosen]) })
  }
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <span className="text-sm text-muted">All of them:</span>
      {acts.map(({ id, label }) => (
        <Button key={id} size="small" onPress={() => choose(id)}>
          {label}
          <span className="sr-only">{id === 'suggest' ? ' for all of them' : ' all of them'}</span>
        </Button>
      ))}
    </div>
  )
}

interface AffectedBookingProps {
  affected: Affected
  act: Act
  onAct: (bookingId: string, act: Act) => void
}

function AffectedBooking({ affected, act, onAct }: AffectedBookingProps) {
  const { bookingId, sessionId, startsAt, coach, offerTitle, clientName, status, reasons } = affected
  const who = clientName ?? offerTitle
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 font-medium">
        <Link
          to={bookingId ? `/admin/bookings/${bookingId}` : `/admin/sessions/${sessionId}`}
          target="_blank"
          className={textLinkLook}
        >
          <span>
            {who}, <Time at={startsAt} />
            <span className="sr-only"> (opens a new tab)</span>
          </span>
        </Link>
        {status === 'REQUESTED' && <StatusBadge status={status} />}
      </p>
      <p className="text-[0.9375rem] text-muted">
        {clientName ? `${offerTitle} with ${coach.name}` : `With ${coach.name}`}.{' '}
        {reasons.map(({ sentence }) => sentence).join(' ')}
      </p>
      {bookingId ? (
        <Radios
          label={
            <span className="sr-only">
              What to do about {who}, <Time at={startsAt} />
            </span>
          }
          className="mt-2 grid gap-2 sm:grid-cols-3"
          choices={affected.ofSlot ? acts : acts.filter(({ id }) => id !== 'suggest')}
          value={act}
          onChange={chosen => onAct(bookingId, chosen)}
        />
      ) : (
        <p className="mt-1 text-sm text-muted">Its dates are changed on the page of the session.</p>
      )}
    </>
  )
}
