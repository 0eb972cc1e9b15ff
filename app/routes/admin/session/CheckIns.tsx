import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Circle, CircleCheck, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { inputLook } from '../../../components/Field.tsx'
import { NativeSelect } from '../../../components/NativeSelect.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { toast } from '../../../components/toasts.tsx'
import { useNow } from '../../../components/use-now.ts'
import { failureOf } from '../../../failure.ts'
import { useView } from '../../../view.tsx'
import { Loaded } from './Loaded.tsx'
import { confirmedOf, type Participant, type Session, seatName } from './session.ts'

/** The list at the door: a big button for each seat, for the date at hand. */
export function CheckIns({ session }: { session: Session }) {
  const trpc = useTRPC()
  const { formats } = useView()
  const there = formats.in(session.timeZone)
  const now = useNow()
  const [chosen, setChosen] = useState<number | null>(null)
  const [search, setSearch] = useState('')
  const position = chosen ?? nearestDate(session, now)
  const participants = useQuery(trpc.sessions.participants.queryOptions({ id: session.id }))
  const mark = useMark(session.id)

  return (
    <Panel
      title="Check-in"
      hint="From 12 hours before the start: press a name when somebody comes, and again to take it back. Their QR code does the same."
    >
      <div className="mb-4 grid gap-3 sm:flex sm:items-end">
        {session.dates.length > 1 && (
          <NativeSelect
            label="Date"
            value={String(position)}
            onChange={event => setChosen(Number(event.target.value))}
            className="sm:w-64"
          >
            {session.dates.map(({ startsAt }, at) => (
              <option key={startsAt} value={at}>
                {there.moment(startsAt)}
              </option>
            ))}
          </NativeSelect>
        )}
        <label className="flex flex-col gap-1.5 text-sm font-medium sm:flex-1">
          Find a name
          <input
            type="search"
            value={search}
            onChange={event => setSearch(event.target.value)}
            className={inputLook}
          />
        </label>
      </div>
      <Loaded query={participants} what="The participants">
        {all => {
          const seats = seatsAt(confirmedOf(all), position)
          const found = seats.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
          if (seats.length === 0) {
            return (
              <EmptyState icon={UsersRound} title="Nobody to check in">
                Confirmed participants appear here, with one button for each seat.
              </EmptyState>
            )
          }
          return (
            <>
              <p role="status" className="tabular mb-3 text-lg font-medium">
                {seats.filter(({ isPresent }) => isPresent).length} of {seats.length} are here
              </p>
              <ul className="grid gap-2 sm:grid-cols-2">
                {found.map(seat => (
                  <li key={`${seat.bookingId}-${seat.seat}`}>
                    <SeatToggle seat={seat} onPress={() => mark({ ...seat, position }, !seat.isPresent)} />
                  </li>
                ))}
              </ul>
              {found.length === 0 && <p className="text-muted">No such name among them.</p>}
            </>
          )
        }}
      </Loaded>
    </Panel>
  )
}

interface Seat {
  bookingId: string
  seat: number
  name: string
  isPresent: boolean
}

function seatsAt(participants: readonly Participant[], position: number): Seat[] {
  return participants.flatMap(participant =>
    Array.from({ length: participant.seats }, (_, at) => ({
      bookingId: participant.bookingId,
      seat: at + 1,
      name: seatName(participant, at + 1),
      isPresent: participant.checkIns.some(
        checkIn => checkIn.seat === at + 1 && checkIn.position === position,
      ),
    })),
  )
}

function SeatToggle({ seat: { name, isPresent }, onPress }: { seat: Seat; onPress: () => void }) {
  const Icon = isPresent ? CircleCheck : Circle
  return (
    <button
      type="button"
      aria-pressed={isPresent}
      onClick={onPress}
      className={`flex min-h-16 w-full cursor-pointer items-center gap-3 rounded-control border px-4 py-2 text-left text-lg ${isPresent ? 'border-good bg-good-soft font-medium text-good' : 'border-line bg-surface hover:border-line-strong'}`}
    >
      <Icon aria-hidden="true" className="size-7 shrink-0" />
      <span className="min-w-0 flex-1">
        {name}
        <span className="block text-sm font-normal">{isPresent ? 'Here' : 'Not here yet'}</span>
      </span>
    </button>
  )
}

/** Shows a check-in at once, takes it back where the server refuses, and offers to undo it. */
function useMark(id: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { queryKey } = trpc.sessions.participants.queryOptions({ id })
  const set = useMutation(trpc.checkIns.set.mutationOptions())

  return async function mark(
    { bookingId, seat, name, position }: Omit<Seat, 'isPresent'> & { position: number },
    present: boolean,
  ): Promise<void> {
    await queryClient.cancelQueries({ queryKey })
    const before = queryClient.getQueryData(queryKey)
    queryClient.setQueryData(queryKey, list =>
      list?.map(one => (one.bookingId === bookingId ? withCheckIn(one, { seat, position, present }) : one)),
    )
    try {
      await set.mutateAsync({ bookingId, seat, position, present })
      toast({
        text: present ? `${name} is checked in.` : `${name} is no longer checked in.`,
        action: {
          label: 'Undo',
          onPress: () => void mark({ bookingId, seat, name, position }, !present),
        },
      })
    } catch (error) {
      queryClient.setQueryData(queryKey, before)
      toast({ text: failureOf(error).message, tone: 'bad' })
    }
    void queryClient.invalidateQueries({ queryKey })
  }
}

function withCheckIn(
  participant: Participant,
  { seat, position, present }: { seat: number; position: number; present: boolean },
): Participant {
  const others = participant.checkIns.filter(one => one.seat !== seat || one.position !== position)
  const at = new Date().toISOString()
  return { ...participant, checkIns: present ? [...others, { seat, position, at }] : others }
}

/** The date that is held now or next; the last one afterwards. */
function nearestDate({ dates }: Session, now: number | null): number {
  const next = dates.findIndex(({ endsAt }) => now === null || Date.parse(endsAt) > now)
  return next === -1 ? dates.length - 1 : next
}
