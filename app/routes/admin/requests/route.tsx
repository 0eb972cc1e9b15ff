import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { CircleCheckBig } from 'lucide-react'
import { useState } from 'react'
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
import { AskDialog } from '../conversation/AskDialog.tsx'
import { SuggestDialog } from '../conversation/SuggestDialog.tsx'
import { useStaff } from '../shell.tsx'
import { BulkDialog } from './bulk/BulkDialog.tsx'
import { BulkProgress } from './bulk/BulkProgress.tsx'
import { useBulkJobs } from './bulk/bulk-jobs.ts'
import { SelectionBar } from './bulk/SelectionBar.tsx'
import { useBulkAnswers } from './bulk/use-bulk-answers.ts'
import { useSelection } from './bulk/use-selection.ts'
import { ConnectionRequests } from './ConnectionRequests.tsx'
import { countInWords } from './count-in-words.ts'
import { groupCompeting } from './group-competing.ts'
import { type Request, RequestCard } from './RequestCard.tsx'
import { useAnswers } from './use-answers.ts'
import { useFocusedCards } from './use-focused-cards.ts'
import { useWaitingConnections } from './use-waiting-connections.ts'

export const meta: MetaFunction = () => [{ title: 'Requests' }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return load(context, request, () => context.api.bookings.requests())
}

const everyone = 'everyone'

type Dialog = { is: 'decline' | 'suggest' | 'ask'; request: Request } | { is: 'bulk'; answer: Answer }
type Answer = 'approve' | 'decline'

/** What waits for an answer, the most urgent first (060). */
export default function RequestsPage() {
  const loaded = useLoaderData<typeof loader>()
  const { coaches, mayEditBusiness } = useStaff()
  const trpc = useTRPC()
  const { bookings } = useQuery({ ...trpc.bookings.requests.queryOptions(), initialData: loaded }).data
  const { approve, decline } = useAnswers()
  const [coachId, setCoachId] = useState(everyone)
  const askingToConnect = useWaitingConnections(coachId === everyone ? null : coachId)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)

  const groups = groupCompeting(bookings.filter(({ coach }) => coachId === everyone || coach.id === coachId))
  const shown = groups.flat()
  const answering = useAnswering()
  const selectable = shown.filter(({ id }) => !answering.has(id))
  const selection = useSelection(selectable.map(({ id }) => id))
  const begin = useBulkAnswers()
  const cards = useFocusedCards(
    shown.map(({ id }) => id),
    bookings,
  )
  const answerFocused = (answer: Answer, one: (request: Request) => void) => () => {
    if (selection.selected.length > 0) return setDialog({ is: 'bulk', answer })
    const request = selectable.find(({ id }) => id === cards.focusedId())
    if (request?.can[answer]) one(request)
  }
  const selectFocused = (asRange: boolean) => () => {
    const request = selectable.find(({ id }) => id === cards.focusedId())
    if (request) selection.toggle(request.id, { asRange })
  }
  const shortcuts: Shortcut[] = [
    { key: 'j', does: 'Next request', press: () => cards.step(1) },
    { key: 'k', does: 'Previous request', press: () => cards.step(-1) },
    { key: 'x', does: 'Select the one in focus', press: selectFocused(false) },
    { key: 'X', shown: 'Shift x', does: 'Select all up to the one in focus', press: selectFocused(true) },
    {
      key: 'a',
      does: 'Approve the one in focus, or those selected',
      press: answerFocused('approve', request => void approve(request)),
    },
    {
      key: 'd',
      does: 'Decline the one in focus, or those selected',
      press: answerFocused('decline', request => setDialog({ is: 'decline', request })),
    },
  ]

  function cardOf(request: Request) {
    return (
      <RequestCard
        key={request.id}
        ref={cards.refOf(request.id)}
        request={request}
        namesCoach={coaches.length > 1}
        isSelected={selection.has(request.id)}
        answering={answering.get(request.id) ?? null}
        onSelect={asRange => selection.toggle(request.id, { asRange })}
        onApprove={() => approve(request)}
        onDecline={() => setDialog({ is: 'decline', request })}
        onSuggest={() => setDialog({ is: 'suggest', request })}
        onAsk={() => setDialog({ is: 'ask', request })}
      />
    )
  }

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

      <BulkProgress />
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
          {groups.map(group =>
            group.length === 1 ? (
              cardOf(group[0]!)
            ) : (
              <li key={`group ${group[0]!.id}`} className="rounded-card border-2 border-wait-line p-2 sm:p-3">
                <p className="px-3 pt-1 pb-3 font-medium">{group.length} clients ask for the same time</p>
                <ul className="flex flex-col gap-3">{group.map(cardOf)}</ul>
              </li>
            ),
          )}
        </ul>
      )}
      {selection.selected.length > 0 && (
        <SelectionBar
          count={selection.selected.length}
          of={selectable.length}
          onAnswer={answer => setDialog({ is: 'bulk', answer })}
          onAll={selection.all}
          onNone={selection.none}
        />
      )}

      {dialog?.is === 'suggest' && <SuggestDialog booking={dialog.request} onClose={close} />}
      {dialog?.is === 'ask' && <AskDialog booking={dialog.request} onClose={close} />}
      {dialog?.is === 'bulk' && (
        <BulkDialog
          requests={shown.filter(({ id }) => selection.has(id))}
          answer={dialog.answer}
          onClose={close}
          onAnswer={(requests, answer) => {
            close()
            selection.none()
            begin(requests, answer)
          }}
        />
      )}
      {dialog?.is === 'decline' && (
        <DeclineDialog
          title={`Decline ${dialog.request.client.name}?`}
          isPending={false}
          onClose={close}
          onDecline={answer => {
            close()
            void decline(dialog.request, answer)
          }}
        >
          {dialog.request.move
            ? 'The session stays at its present time.'
            : dialog.request.session.bookedBy === 'session'
              ? 'The seats are free again at once, and your client is told.'
              : 'The time is free again at once, and your client is told.'}
        </DeclineDialog>
      )}
    </div>
  )
}

/** What is about to be answered, by id. */
function useAnswering(): Map<string, Answer> {
  const underWay = useBulkJobs().filter(({ state }) => state !== 'done')
  return new Map(underWay.flatMap(({ requests, answer }) => requests.map(({ id }) => [id, answer.answer])))
}
