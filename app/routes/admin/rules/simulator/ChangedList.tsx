import { Link } from '@remix-run/react'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../../../components/Badge.tsx'
import { Button } from '../../../../components/Button.tsx'
import { textLinkLook } from '../../../../components/FormPage.tsx'
import { Money } from '../../../../components/Money.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import { Time } from '../../../../components/Time.tsx'
import { outcomes } from './outcomes.ts'
import type { ChangedAttempt } from './use-simulation.ts'

const AT_ONCE = 25

/** Every attempt that would have been answered otherwise, before and after, the latest first. */
export function ChangedList({ changed }: { changed: readonly ChangedAttempt[] }) {
  const [shown, setShown] = useState(AT_ONCE)
  const latestFirst = changed.toReversed()
  return (
    <Panel title="One by one" hint="The latest first.">
      <ul className="flex flex-col divide-y divide-line">
        {latestFirst.slice(0, shown).map(attempt => (
          <li key={attempt.id} className="py-3.5 first:pt-0 last:pb-0">
            <Attempt attempt={attempt} />
          </li>
        ))}
      </ul>
      {changed.length > shown && (
        <div className="mt-4 flex justify-center">
          <Button onPress={() => setShown(shown + AT_ONCE)}>Show more</Button>
        </div>
      )}
    </Panel>
  )
}

function Attempt({ attempt }: { attempt: ChangedAttempt }) {
  const { at, startsAt, offer, coach, client, booking, currency, before, after } = attempt
  const name = client?.name ?? 'Somebody not known'
  return (
    <div className="flex flex-col gap-1.5">
      <p className="wrap-anywhere">
        <span className="font-medium">
          {booking ? (
            <Link to={`/admin/bookings/${booking.id}`} className={textLinkLook}>
              {name}
            </Link>
          ) : (
            name
          )}
        </span>{' '}
        <span className="text-muted">
          asked on <Time at={at} as="shortDay" /> for {offer.title} with {coach.name} on{' '}
          <Time at={startsAt} />
        </span>
      </p>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Answer answer={before} />
        <ArrowRight aria-label="would become" className="size-4 shrink-0 text-muted" />
        <Answer answer={after} />
        {before.priceMinor !== after.priceMinor && (
          <span className="text-sm">
            <Money minor={before.priceMinor} currency={currency} className="text-muted line-through" />{' '}
            <Money minor={after.priceMinor} currency={currency} className="font-medium" />
          </span>
        )}
      </div>
      <p className="text-sm text-muted">{after.sentence}</p>
    </div>
  )
}

function Answer({ answer }: { answer: ChangedAttempt['before'] }) {
  const { words, icon, tone } = outcomes[answer.outcome]
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  )
}
