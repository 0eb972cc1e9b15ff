import { CircleCheck } from 'lucide-react'
import { Banner } from '../../../../components/Banner.tsx'
import { Card } from '../../../../components/Card.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import { useView } from '../../../../view.tsx'
import { ChangedList } from './ChangedList.tsx'
import { outcomes, outcomesInOrder } from './outcomes.ts'
import type { Simulation } from './use-simulation.ts'

interface ResultsProps {
  simulation: Simulation
}

/** What would have been answered otherwise: in a sentence, in numbers, in money, and one by one. */
export function Results({ simulation }: ResultsProps) {
  const { changed, judged, decidedOtherwise, isDone, days } = simulation
  if (isDone && judged === 0) {
    return (
      <Banner tone="info" role="status" title="Nothing to replay yet">
        Nobody tried to book in the last {days} days. Once clients do, you can see here what other rules would
        have answered them.
      </Banner>
    )
  }
  return (
    <div className="flex flex-col gap-6">
      <Headline simulation={simulation} />
      {decidedOtherwise > 0 && (
        <p className="text-sm text-muted">
          {decidedOtherwise === 1 ? 'One attempt was' : `${decidedOtherwise} attempts were`} answered by
          earlier rules than the ones that hold today. The comparison is with today’s.
        </p>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Counts simulation={simulation} />
        <MoneyChanges simulation={simulation} />
      </div>
      {changed.length > 0 && <ChangedList changed={changed} />}
      <p className="text-sm text-muted">
        Each attempt is judged by itself. What a change would lead to, such as the room left for others or
        clients who come back at another time, isn’t foreseen.
      </p>
    </div>
  )
}

function Headline({ simulation: { changed, judged, isDone } }: ResultsProps) {
  const clients = new Set(changed.flatMap(({ client }) => (client ? [client.id] : []))).size
  if (isDone && changed.length === 0) {
    return (
      <p role="status" className="flex items-center gap-2 text-lg font-medium">
        <CircleCheck aria-hidden="true" className="size-5 shrink-0 text-good" />
        Nothing would have been different
        {judged === 1 ? ' in the one attempt there was' : ` in ${judged} attempts`}.
      </p>
    )
  }
  return (
    <p role="status" className="text-lg font-medium">
      {changed.length} of {judged} {judged === 1 ? 'attempt' : 'attempts'} would have been answered otherwise.
      {clients > 0 && ` ${clients === 1 ? 'It concerns one client' : `It concerns ${clients} clients`}.`}
    </p>
  )
}

function Counts({ simulation: { counts } }: ResultsProps) {
  return (
    <Panel title="Answers" hint="Today in the rows, with your changes in the columns.">
      <div className="overflow-x-auto">
        <table className="tabular w-full text-right">
          <thead>
            <tr className="text-sm text-muted">
              <th scope="col" className="py-1.5 text-left font-medium">
                <span className="sr-only">Today</span>
              </th>
              {outcomesInOrder.map(outcome => (
                <th key={outcome} scope="col" className="py-1.5 pl-3 font-medium">
                  {outcomes[outcome].words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomesInOrder.map(before => (
              <tr key={before} className="border-line border-t">
                <th scope="row" className="py-2 text-left text-sm font-medium text-muted">
                  {outcomes[before].words}
                </th>
                {outcomesInOrder.map(after => {
                  const isChange = before !== after && counts[before][after] > 0
                  return (
                    <td
                      key={after}
                      className={`py-2 pl-3 ${isChange ? 'font-semibold text-accent-ink' : ''}`}
                    >
                      {counts[before][after]}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

function MoneyChanges({ simulation: { money } }: ResultsProps) {
  const { formats } = useView()
  return (
    <Panel title="Revenue" hint="Of bookings that weren’t declined or cancelled later.">
      {money.length === 0 ? (
        <p className="text-muted">No difference.</p>
      ) : (
        money.map(({ currency, lostMinor, gainedMinor, waitingMinor }) => (
          <Card key={currency} className="p-0">
            <dl className="tabular flex flex-col gap-2">
              <Amount label="More" words={formats.money(gainedMinor, currency)} isNone={gainedMinor === 0} />
              <Amount label="Less" words={formats.money(lostMinor, currency)} isNone={lostMinor === 0} />
              <Amount
                label="Would wait for your approval first"
                words={formats.money(waitingMinor, currency)}
                isNone={waitingMinor === 0}
              />
            </dl>
          </Card>
        ))
      )}
    </Panel>
  )
}

function Amount({ label, words, isNone }: { label: string; words: string; isNone: boolean }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className={isNone ? 'text-muted' : 'font-semibold'} suppressHydrationWarning>
        {isNone ? '–' : words}
      </dd>
    </div>
  )
}
