import { ArrowUp, CalendarPlus, X } from 'lucide-react'
import { useState } from 'react'
import { Button as IconButton } from 'react-aria-components/Button'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { OfferPicker } from '../../components/slot-picker/OfferPicker.tsx'
import { Time } from '../../components/Time.tsx'
import { useView } from '../../view.tsx'
import { zoneInWords } from '../../zone.ts'

const ranks = ['Second choice', 'Third choice']

interface OtherChoicesProps {
  offer: string
  coach: { id: string; name: string }
  /** The first choice. */
  startsAt: string
  invite: string | null
  /** The other choices, the better first. */
  choices: readonly string[]
  onChange: (choices: string[]) => void
}

/** Up to two other times that would do as well, for a time that needs approval. They aren't held. */
export default function OtherChoices({
  offer,
  coach,
  startsAt,
  invite,
  choices,
  onChange,
}: OtherChoicesProps) {
  const { zone, formats } = useView()
  const [isOpen, setOpen] = useState(false)
  const next = ranks[choices.length]
  const chosen = new Map([
    [startsAt, 'First choice'],
    ...choices.map((choice, at): [string, string] => [choice, ranks[at]!]),
  ])

  return (
    <section aria-labelledby="other-choices" className="flex flex-col gap-2">
      <h3 id="other-choices" className="text-sm font-medium">
        Other times that suit you <span className="font-normal text-muted">(optional)</span>
      </h3>
      <p className="text-sm text-muted">
        If {coach.name} can’t make your first choice, one of these can be confirmed instead. They aren’t held
        for you.
      </p>
      {choices.length > 0 && (
        <ol className="flex flex-col gap-2">
          {choices.map((choice, at) => (
            <li
              key={choice}
              className="flex items-center gap-2 rounded-control border border-line py-1 pr-1 pl-3"
            >
              <span className="min-w-0 flex-1">
                <span className="block text-sm text-muted">{ranks[at]}</span>
                <Time at={choice} className="font-medium" />
                <span className="text-sm text-muted"> {zoneInWords(zone)} time</span>
              </span>
              {at > 0 && (
                <IconButton
                  aria-label={`Make ${formats.moment(choice)} the second choice`}
                  onPress={() => onChange(choices.toReversed())}
                  className={iconLook}
                >
                  <ArrowUp aria-hidden="true" />
                </IconButton>
              )}
              <IconButton
                aria-label={`Remove ${formats.moment(choice)}`}
                onPress={() => onChange(choices.filter(other => other !== choice))}
                className={iconLook}
              >
                <X aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
      {next && (
        <Button onPress={() => setOpen(true)} className="self-start">
          <CalendarPlus aria-hidden="true" />
          Add a {next.toLowerCase()}
        </Button>
      )}
      {isOpen && (
        <Dialog title={next ?? 'Your choices'} isOpen onClose={() => setOpen(false)} width="wide">
          <OfferPicker
            offer={offer}
            coach={coach}
            near={startsAt}
            invite={invite}
            chosen={chosen}
            onPick={({ startsAt: picked }) => {
              if (chosen.has(picked)) return
              onChange([...choices, picked])
              setOpen(false)
            }}
          />
        </Dialog>
      )}
    </section>
  )
}

const iconLook =
  'flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink [&_svg]:size-4'
