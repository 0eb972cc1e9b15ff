import { useNavigate } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { type MutableRefObject, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import { Alternatives } from '../../components/Alternatives.tsx'
import { Card } from '../../components/Card.tsx'
import { DetailsForm } from './DetailsForm.tsx'
import { HoldClock } from './HoldClock.tsx'
import { Summary } from './Summary.tsx'
import type { Offer } from './Times.tsx'
import { useHold } from './use-hold.ts'

interface DetailsProps {
  offer: Offer
  /** Null for anyone who is free. */
  coach: Offer['coaches'][number] | null
  startsAt: string
  invite: string | null
  kept: MutableRefObject<string | null>
  onBack: () => void
  onInstead: (startsAt: string, coachId: string) => void
}

/** The second screen: what is about to be booked, and who for. The time is held meanwhile. */
export default function Details({ offer, coach, startsAt, invite, kept, onBack, onInstead }: DetailsProps) {
  const navigate = useNavigate()
  const { state, lose } = useHold({
    offer: offer.slug,
    coachId: coach?.id ?? null,
    startsAt,
    invite,
    kept,
  })
  const hold = state.is === 'held' || state.is === 'expired' ? state.hold : null
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => heading.current?.focus(), [])

  return (
    <main className="mx-auto w-full max-w-4xl px-4 pt-4 pb-10 sm:px-6 sm:pt-8">
      <Button
        onPress={onBack}
        className="-ml-1 mb-2 inline-flex min-h-9 cursor-pointer items-center gap-1 rounded-md pr-2 text-sm font-medium text-muted hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        Choose another time
      </Button>
      <h1 ref={heading} tabIndex={-1} className="mb-5 text-2xl outline-none sm:text-3xl">
        Almost there
      </h1>
      <div className="grid items-start gap-5 md:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]">
        <Summary
          offer={offer}
          coach={coach ?? offer.coaches.find(({ id }) => id === hold?.coachId) ?? null}
          startsAt={startsAt}
          decision={hold?.decision ?? null}
        >
          <HoldClock state={state} />
        </Summary>
        <Card className="p-5 sm:p-7">
          {state.is === 'lost' && (
            <Alternatives
              message={state.message}
              alternatives={state.alternatives}
              coaches={offer.coaches}
              onChoose={({ startsAt, coachId }) => onInstead(startsAt, coachId)}
              onOther={onBack}
            />
          )}
          <DetailsForm
            offer={offer}
            coachId={coach?.id ?? null}
            startsAt={startsAt}
            invite={invite}
            hold={state.is === 'held' ? state.hold : null}
            decision={hold?.decision ?? null}
            isLost={state.is === 'lost'}
            onLost={lose}
            onBooked={({ manageUrl }) => {
              kept.current = null
              navigate(new URL(manageUrl).pathname, { replace: true, state: { justBooked: true } })
            }}
          />
        </Card>
      </div>
    </main>
  )
}
