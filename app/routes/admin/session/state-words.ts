import { Ban, CircleCheck, CircleDashed, Hourglass, type LucideIcon } from 'lucide-react'
import type { Tone } from '../../../components/tones.ts'
import type { Formats } from '../../../formats.ts'

interface Standing {
  state: 'SCHEDULED' | 'GO' | 'EXTENDED' | 'CANCELLED'
  stateReason?: string | null
  endsAt: string
  minimum: {
    seats: number
    taken: number
    decideBy: string | null
    lapsesAt: string | null
    decided: boolean
  } | null
}

export interface StateWords {
  words: string
  /** What it means, where that needs more words. */
  detail: string | null
  tone: Tone
  icon: LucideIcon
}

/** How a session stands: words, icon and tone, so never by colour alone (308, 314). */
export function stateInWords(session: Standing, formats: Formats, now: number | null): StateWords {
  const { state, stateReason, minimum, endsAt } = session
  if (state === 'CANCELLED') {
    const detail = stateReason === 'minimum_not_met' ? 'Too few had booked.' : null
    return { words: 'Cancelled', detail, tone: 'bad', icon: Ban }
  }
  if (now !== null && Date.parse(endsAt) <= now)
    return { words: 'Over', detail: null, tone: 'plain', icon: CircleCheck }
  if (minimum && !minimum.decided && minimum.decideBy) {
    const progress = `${Math.min(minimum.taken, minimum.seats)} of ${minimum.seats} needed`
    const isDue = now !== null && Date.parse(minimum.decideBy) <= now
    return {
      words: progress,
      detail: isDue
        ? `to be decided by you${minimum.lapsesAt ? ` until ${formats.shortDay(minimum.lapsesAt)}` : ''}`
        : `decided ${formats.shortDay(minimum.decideBy)}`,
      tone: isDue || state === 'EXTENDED' ? 'wait' : 'info',
      icon: isDue ? Hourglass : CircleDashed,
    }
  }
  return { words: 'Will be held', detail: null, tone: 'good', icon: CircleCheck }
}
