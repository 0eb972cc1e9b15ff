import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { LinkButton } from '../../../components/Button.tsx'
import { Card } from '../../../components/Card.tsx'
import { DeclineDialog } from '../../../components/DeclineDialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Select } from '../../../components/Select.tsx'
import { type Shortcut, Shortcuts } from '../../../components/Shortcuts.tsx'
import { TimeZonePicker } from '../../../components/TimeZonePicker.tsx'
import { load } from '../../../loading.ts'
import { useStaff } from '../shell.tsx'
import { ConnectionRequests } from './ConnectionRequests.tsx'
import { type Request, RequestCard } from './RequestCard.tsx'
import { useAnswers } from './use-answers.ts'
import { useWaitingConnections } from './use-waiting-connections.ts'

export const meta: MetaFunction = () => [{ title: 'Requests' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, () => context.api.bookings.requests())
}

const everyone = 'everyone'

/** What waits for an answer, the most urgent first (060). */
export default function RequestsPage() {
  const loaded = useLoaderData<typeof loader>()
  const { coaches, mayEditBusiness } = useStaff()
  const trpc = useTRPC()
  const { bookings } = useQuery({ ...trpc.bookings.requests.queryOptions(), initialData: loaded }).data
  const { approve, decline } = useAnswers()
  const [coachId, setCoachId] = useState(everyone)
  const askingToConnect = useWaitingConnections(coachId === everyone ? null : coachId)
  const [declining, setDeclining] = useState<Request | null>(null)

  const shown = bookings.filter(({ coach }) => coachId === everyone || coach.id === coachId)
  const cards = useFocusedCards(shown.map(({ id }) => id))
  const focused = () => shown.find(({ id }) => id === cards.focusedId())
  const shortcuts: Shortcut[] = [
    { key: 'j', does: 'Next request', press: () => cards.step(1) },
    { key: 'k', does: 'Previous request', press: () => cards.step(-1) },
    {
      key: 'a',
      does: 'Approve the one in focus',
      press() {
        const request = focused()
        if (request?.can.approve) void approve(request)
      },
    },
    {
      key: 'd',
      does: 'Decline the one in focus',
      press() {
        const request = focused()
        if (request?.can.decline) setDeclining(request)
      },
    },
  ]

  return (
    <div className="mx-auto max-w-3xl wrap-anywhere">
      <PageHeader title="Requests" actions={<Shortcuts shortcuts={shortcuts} />}>
        <p role="status">{countInWords(shown, askingToConnect.length)}</p>
      </PageHeader>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <TimeZonePicker />
        {coaches.length > 1 && mayEditBusiness && (
          <Select
            label={<span className="sr-only">Requests of</span>}
            choices={[
              { id: everyone, label: 'All coaches' },
              ...coaches.map(({ id, name }) => ({ id, label: name })),
            ]}
            value={coachId}
            onChange={setCoachId}
            className="w-48"
          />
        )}
      </div>

      <ConnectionRequests waiting={askingToConnect} />
      {shown.length === 0 && askingToConnect.length === 0 && (
        <Card className="">
          <EmptyState
            icon={CircleCheckBig}
            title="Nothing waits for you"
            actions={<LinkButton to="/admin/rules">Who needs my approval?</LinkButton>}
          >
            When a client asks for a time that needs your approval, it appears here by itself.
          </EmptyState>
        </Card>
      )}
      {shown.length > 0 && (
        <ul className="flex flex-col gap-4">
          {shown.map(request => (
            <RequestCard
              key={request.id}
              ref={cards.refOf(request.id)}
              request={request}
              namesCoach={coaches.length > 1}
              onApprove={() => approve(request)}
              onDecline={() => setDeclining(request)}
            />
          ))}
        </ul>
      )}

      {declining && (
        <DeclineDialog
          title={`Decline ${declining.client.name}?`}
          isPending={false}
          onClose={() => setDeclining(null)}
          onDecline={answer => {
            setDeclining(null)
            void decline(declining, answer)
          }}
        >
          {declining.move
            ? 'The session stays at its present time.'
            : declining.session.bookedBy === 'session'
              ? 'The seats are free again at once, and your client is told.'
              : 'The time is free again at once, and your client is told.'}
        </DeclineDialog>
      )}
    </div>
  )
}

function countInWords(requests: readonly Request[], askingToConnect: number): string {
  const moves = requests.filter(({ move }) => move !== null).length
  const fresh = requests.length - moves
  const connections =
    askingToConnect === 1 ? 'one client asks to connect' : `${askingToConnect} clients ask to connect`
  if (requests.length === 0) return askingToConnect === 0 ? 'No requests.' : `${sentence(connections)}.`
  const parts = [
    fresh > 0 && `${fresh} ${fresh === 1 ? 'request' : 'requests'}`,
    moves > 0 && `${moves} ${moves === 1 ? 'wish' : 'wishes'} to move`,
  ]
  const bookings = `${parts.filter(Boolean).join(' and ')}, most urgent first`
  return askingToConnect === 0 ? `${bookings}.` : `${bookings}; ${connections}.`
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Moves the focus along the cards, and on to the next one when the one that had it is gone. */
function useFocusedCards(ids: string[]) {
  const elements = useRef(new Map<string, HTMLElement>())
  const last = useRef<{ id: string; at: number } | null>(null)
  const order = ids.join(' ')

  useEffect(() => {
    const now = order === '' ? [] : order.split(' ')
    function remember(event: FocusEvent) {
      const id = (event.target as Element).closest<HTMLElement>('[data-request]')?.dataset.request
      if (id) last.current = { id, at: now.indexOf(id) }
    }
    const lost = last.current
    const nowhere = document.activeElement === null || document.activeElement === document.body
    if (lost && !now.includes(lost.id)) {
      const next = now[Math.min(lost.at, now.length - 1)]
      last.current = null
      if (nowhere && next) elements.current.get(next)?.focus()
    }
    addEventListener('focusin', remember)
    return () => removeEventListener('focusin', remember)
  }, [order])

  function focusedId(): string | undefined {
    return document.activeElement?.closest<HTMLElement>('[data-request]')?.dataset.request
  }

  return {
    focusedId,
    step(by: 1 | -1) {
      const at = ids.indexOf(focusedId() ?? '')
      const to = at === -1 ? (by === 1 ? 0 : ids.length - 1) : Math.min(Math.max(at + by, 0), ids.length - 1)
      const next = ids[to]
      if (next) elements.current.get(next)?.focus()
    },
    refOf: (id: string) => (element: HTMLElement | null) => {
      if (element) elements.current.set(id, element)
      else elements.current.delete(id)
    },
  }
}
