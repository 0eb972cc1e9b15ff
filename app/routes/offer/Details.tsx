import { useNavigate } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { lazy, type MutableRefObject, Suspense, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { Alternatives, alternativesIn } from '../../components/Alternatives.tsx'
import { DetailsForm } from '../../components/booking-form/DetailsForm.tsx'
import { HoldClock } from '../../components/booking-form/HoldClock.tsx'
import { Card } from '../../components/Card.tsx'
import { Summary } from './Summary.tsx'
import type { Offer } from './Times.tsx'
import { useHold } from './use-hold.ts'

/** Only what needs approval can be asked for with a second and third choice. */
const OtherChoices = lazy(() => import('./OtherChoices.tsx'))

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
  // Whom the rules know by the address may have another price than who looks.
  const [told, setTold] = useState<{ startsAt: string; priceMinor: number } | null>(null)
  const priceForThem = told?.startsAt === startsAt ? told.priceMinor : null
  const heading = useRef<HTMLHeadingElement>(null)
  const [added, setAdded] = useState<string[]>([])
  const choices = added.filter(choice => choice !== startsAt)
  const asks = hold?.decision.outcome === 'request'
  const heldBy = offer.coaches.find(({ id }) => id === hold?.coachId)

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
          coach={coach ?? heldBy ?? null}
          startsAt={startsAt}
          decision={hold?.decision ?? null}
          price={hold?.price ?? null}
          priceForThem={priceForThem}
        >
          <HoldClock state={state} what="this time" />
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
            wanted={{
              offer: offer.slug,
              ...(state.is === 'held'
                ? { coachId: state.hold.coachId, hold: state.hold.hold }
                : coach && { coachId: coach.id }),
              startsAt,
              shownPriceMinor: priceForThem ?? hold?.price.amountMinor ?? offer.priceMinor,
              ...(invite && { invite }),
              ...(asks && choices.length > 0 && { alternatives: choices }),
            }}
            words={wordsFor(hold?.decision ?? null, offer)}
            isLost={state.is === 'lost'}
            onRefused={failure => {
              if (failure.code === 'PRICE_CHANGED')
                setTold({ startsAt, priceMinor: Number(failure.data.priceMinor) })
              else if (failure.status === 409 && alternativesIn(failure).length > 0) lose(failure)
            }}
            onBooked={({ manageUrl }) => {
              kept.current = null
              navigate(new URL(manageUrl).pathname, { replace: true, state: { justBooked: true } })
            }}
          >
            {asks && heldBy && (
              <Suspense>
                <OtherChoices
                  offer={offer.slug}
                  coach={heldBy}
                  startsAt={startsAt}
                  invite={invite}
                  choices={choices}
                  onChange={setAdded}
                />
              </Suspense>
            )}
          </DetailsForm>
        </Card>
      </div>
    </main>
  )
}

function wordsFor(decision: { outcome: string } | null, { priceMinor }: Offer) {
  const isRequest = decision?.outcome === 'request'
  const after = isRequest
    ? 'This asks for the time; it isn’t confirmed until your coach says yes. You’ll get an e-mail either way.'
    : 'You’ll get a confirmation by e-mail with a link to move or cancel.'
  return {
    send: decision === null ? 'Book this time' : isRequest ? 'Send request' : 'Confirm booking',
    after: priceMinor > 0 ? `${after} Nothing is charged now.` : after,
    failed: isRequest ? 'Your request wasn’t sent' : 'This wasn’t booked',
    notes: 'What would you like to talk about?',
  }
}
