import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Time } from '../../../components/Time.tsx'
import { useView } from '../../../view.tsx'
import { zoneInWords } from '../../../zone.ts'

export interface ChosenTime {
  startsAt: string
  endsAt: string
}

interface ChosenTimesProps {
  times: readonly ChosenTime[]
  client: { name: string; timeZone: string }
  onChange: (times: ChosenTime[]) => void
}

/** The times to suggest, the best first: each can go up, down or away. */
export function ChosenTimes({ times, client, onChange }: ChosenTimesProps) {
  const { zone, formats } = useView()

  function swap(at: number, by: 1 | -1) {
    const next = [...times]
    ;[next[at], next[at + by]] = [next[at + by]!, next[at]!]
    onChange(next)
  }

  return (
    <ol className="flex flex-col gap-2">
      {times.map(({ startsAt }, at) => {
        const words = formats.moment(startsAt)
        return (
          <li
            key={startsAt}
            className="flex items-center gap-3 rounded-control border border-line bg-surface py-1.5 pr-1.5 pl-3"
          >
            <span className="tabular text-sm text-muted">{at + 1}.</span>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">
                <Time at={startsAt} />
                <span className="text-sm font-normal text-muted"> {zoneInWords(zone)} time</span>
              </span>
              {client.timeZone !== zone && (
                <span className="block text-sm text-muted">
                  For {client.name}: <Time at={startsAt} zone={client.timeZone} />{' '}
                  {zoneInWords(client.timeZone)} time
                </span>
              )}
            </span>
            <span className="flex">
              <IconButton
                label={`${words} earlier in the order`}
                isDisabled={at === 0}
                onPress={() => swap(at, -1)}
              >
                <ArrowUp />
              </IconButton>
              <IconButton
                label={`${words} later in the order`}
                isDisabled={at === times.length - 1}
                onPress={() => swap(at, 1)}
              >
                <ArrowDown />
              </IconButton>
              <IconButton
                label={`Remove ${words}`}
                onPress={() => onChange(times.filter(other => other.startsAt !== startsAt))}
              >
                <X />
              </IconButton>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

interface IconButtonProps {
  label: string
  isDisabled?: boolean
  onPress: () => void
  children: ReactNode
}

function IconButton({ label, children, ...button }: IconButtonProps) {
  return (
    <Button
      {...button}
      aria-label={label}
      className="flex size-10 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink disabled:cursor-default disabled:text-line-strong disabled:hover:bg-transparent [&_svg]:size-4"
    >
      {children}
    </Button>
  )
}
