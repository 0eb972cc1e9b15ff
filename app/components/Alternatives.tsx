import { useEffect, useRef } from 'react'
import type { Failure } from '../failure.ts'
import { useView } from '../view.tsx'
import { Button } from './Button.tsx'

export interface Alternative {
  startsAt: string
  endsAt: string
  coachId: string
}

interface AlternativesProps {
  /** Why the time can't be had. */
  message: string
  alternatives: readonly Alternative[]
  coaches: readonly { id: string; name: string }[]
  onChoose: (alternative: Alternative) => void
  /** To choose from all times. */
  onOther: () => void
}

/** For whoever lost a time to somebody faster: what happened, and the nearest times in one tap (Q5). */
export function Alternatives({ message, alternatives, coaches, onChoose, onOther }: AlternativesProps) {
  const { formats } = useView()
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => box.current?.focus(), [])

  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-6 rounded-control border border-wait-line bg-wait-soft p-4 outline-none"
    >
      <p className="font-semibold text-wait">{message}</p>
      <p className="mt-0.5 text-[0.9375rem]">
        Nothing you typed is lost.{' '}
        {alternatives.length > 0
          ? 'These times are the nearest that are free:'
          : 'Please choose another time.'}
      </p>
      <div className="mt-3 flex flex-col gap-2">
        {alternatives.map(alternative => (
          <Button
            key={alternative.startsAt + alternative.coachId}
            onPress={() => onChoose(alternative)}
            className="!justify-start"
          >
            <span className="text-left">
              <span className="font-semibold tabular">{formats.moment(alternative.startsAt)}</span>
              {coaches.length > 1 && (
                <span className="text-muted">
                  {' '}
                  with {coaches.find(({ id }) => id === alternative.coachId)?.name}
                </span>
              )}
            </span>
          </Button>
        ))}
        <Button variant="quiet" size="small" onPress={onOther} className="self-start">
          See all times
        </Button>
      </div>
    </div>
  )
}

/** The nearest free times that a refusal carries; none where it isn't about the time. */
export function alternativesIn({ data }: Failure): Alternative[] {
  return Array.isArray(data.alternatives) ? (data.alternatives as Alternative[]) : []
}
