import { parseAbsolute, toCalendarDate } from '@internationalized/date'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { failureOf } from '../../../failure.ts'
import { zoneInWords } from '../../../zone.ts'
import { DateRow } from '../new-session/DateRow.tsx'
import { type DateDraft, newDate, type Stretch, stretchOf } from '../new-session/dates-draft.ts'
import { Preview } from '../new-session/Preview.tsx'
import { count, type Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

interface MoveDialogProps {
  session: Session
  onClose: () => void
}

/** Other dates for the same session: first what they would be, then a word on who is told. */
export function MoveDialog({ session, onClose }: MoveDialogProps) {
  const { id, timeZone, capacity } = session
  const trpc = useTRPC()
  const { changed } = useSessionChange()
  const [dates, setDates] = useState(() => session.dates.map(date => draftOfDate(date, timeZone)))
  const [isSure, setSure] = useState(false)
  const stretches = dates.map(date => stretchOf(date, timeZone))
  const isWhole = !stretches.includes(null)
  const next = (stretches as Stretch[]).toSorted((a, b) =>
    (a?.startsAt ?? '').localeCompare(b?.startsAt ?? ''),
  )
  const preview = useQuery({
    ...trpc.sessions.manage.preview.queryOptions({
      offerId: session.offer.id,
      coachIds: session.coaches.map(coach => coach.id),
      dates: isWhole ? next : [],
      sessionId: id,
    }),
    enabled: isWhole && isSure,
  })
  const move = useMutation(
    trpc.sessions.manage.update.mutationOptions({
      onSuccess() {
        void changed('Moved. Everybody who booked is told by e-mail, with a new calendar entry.')
        onClose()
      },
    }),
  )
  const isOther = isWhole && JSON.stringify(next.map(millis)) !== JSON.stringify(session.dates.map(millis))
  const change = (key: string, changes: Partial<DateDraft>) =>
    setDates(dates.map(date => (date.key === key ? { ...date, ...changes } : date)))

  return (
    <Dialog
      title={isSure ? 'Move the session?' : 'When is it held instead?'}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        isSure ? (
          <>
            <Button onPress={() => setSure(false)}>Other dates</Button>
            <Button
              variant="primary"
              isPending={move.isPending}
              onPress={() => move.mutate({ id, dates: next })}
            >
              Move it
            </Button>
          </>
        ) : (
          <>
            <Button onPress={onClose}>Close</Button>
            <Button variant="primary" isDisabled={!isWhole || !isOther} onPress={() => setSure(true)}>
              Look at it
            </Button>
          </>
        )
      }
    >
      {move.error && (
        <Banner tone="bad" role="alert" className="mb-4" title="It wasn’t moved">
          {failureOf(move.error).message}
        </Banner>
      )}
      {isSure ? (
        <>
          {preview.error ? (
            <Banner tone="bad" role="alert">
              {failureOf(preview.error).message}
            </Banner>
          ) : (
            <Preview dates={preview.data?.dates} zone={timeZone} goesOn={false} />
          )}
          <p className="mt-4 text-muted">
            {capacity.booked === 0
              ? 'Nobody has booked yet.'
              : `${count(capacity.booked, 'seat')} ${capacity.booked === 1 ? 'is' : 'are'} taken: everybody who booked is told by e-mail, with a new calendar entry.`}{' '}
            Its deadlines move along.
          </p>
        </>
      ) : (
        <div className="flex flex-col gap-5">
          <p className="text-muted">In {zoneInWords(timeZone)} time.</p>
          {dates.map((date, at) => (
            <DateRow
              key={date.key}
              date={date}
              label={dates.length > 1 ? `Date ${at + 1}` : 'Date'}
              zone={timeZone}
              onChange={changes => change(date.key, changes)}
              onRemove={
                dates.length > 1 ? () => setDates(dates.filter(({ key }) => key !== date.key)) : undefined
              }
            />
          ))}
          {session.dates.length > 1 && (
            <div>
              <Button
                size="small"
                onPress={() => {
                  const { date, minutes, time } = dates.at(-1)!
                  setDates([...dates, newDate(date?.add({ days: 1 }) ?? null, minutes, time)])
                }}
              >
                <Plus aria-hidden="true" />
                Add a date
              </Button>
            </div>
          )}
        </div>
      )}
    </Dialog>
  )
}

/** Instants are written with and without fractions of a second. */
function millis({ startsAt, endsAt }: Stretch): number[] {
  return [Date.parse(startsAt), Date.parse(endsAt)]
}

function draftOfDate({ startsAt, endsAt }: Stretch, zone: string): DateDraft {
  const start = parseAbsolute(startsAt, zone)
  const minutes = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000
  const time = [start.hour, start.minute].map(part => String(part).padStart(2, '0')).join(':')
  return newDate(toCalendarDate(start), minutes, time)
}
