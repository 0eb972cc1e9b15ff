import { Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import type { Outputs } from '../../api.ts'
import { Banner } from '../../components/Banner.tsx'
import { Card } from '../../components/Card.tsx'
import { OfferFacts } from '../../components/OfferFacts.tsx'
import type { Month } from '../../components/slot-picker/months.ts'
import { SlotPicker } from '../../components/slot-picker/SlotPicker.tsx'
import type { SlotSeed } from '../../components/slot-picker/use-slots.ts'
import { useRootData } from '../../root-data.ts'
import { CoachChooser } from './CoachChooser.tsx'
import type { useChoices } from './choices.ts'
import { TimesHidden } from './TimesHidden.tsx'

export type Offer = Outputs['offers']['get']

interface TimesProps {
  offer: Offer
  coach: Offer['coaches'][number] | null
  month: Month
  day: string | null
  seed: SlotSeed | null
  /** The address names a time that is over. */
  isPassed: boolean
  address: ReturnType<typeof useChoices>
}

/** The first screen: what is offered, by whom, and when. */
export function Times({ offer, coach, month, day, seed, isPassed, address }: TimesProps) {
  const root = useRootData()
  const [only] = offer.coaches
  return (
    <main className="mx-auto w-full max-w-5xl px-4 pt-4 pb-10 sm:px-6 sm:pt-8">
      <Link
        to="/"
        className="-ml-1 mb-2 inline-flex min-h-9 items-center gap-1 rounded-md pr-2 text-sm font-medium text-muted hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        All sessions
      </Link>
      <header className="mb-6 max-w-2xl wrap-anywhere">
        <h1 className="text-2xl sm:text-3xl">{offer.title}</h1>
        <OfferFacts offer={offer} className="mt-3" />
        {offer.description && <p className="mt-3 whitespace-pre-line text-muted">{offer.description}</p>}
      </header>
      {offer.coaches.length > 1 ? (
        <CoachChooser coaches={offer.coaches} chosen={coach?.slug ?? null} onChoose={address.chooseCoach} />
      ) : (
        only && (
          <p className="mb-5 text-muted wrap-anywhere">
            with <span className="font-medium text-ink">{only.name}</span>
          </p>
        )
      )}
      {isPassed && (
        <Banner tone="wait" className="mb-5">
          This time has passed. Choose another one.
        </Banner>
      )}
      <Card className="p-4 sm:p-7">
        <SlotPicker
          offer={offer}
          coachId={coach?.id ?? null}
          month={month}
          day={day}
          weekStartsOn={root?.tenant?.weekStartsOn ?? 1}
          invite={address.choices.invite}
          seed={seed}
          onMonth={address.showMonth}
          onDay={address.showDay}
          onPick={start => address.pick(start.startsAt)}
          onZone={address.rememberZone}
          gate={(code, message) => (
            <TimesHidden code={code} message={message} coaches={coach ? [coach] : offer.coaches} />
          )}
        />
      </Card>
    </main>
  )
}
