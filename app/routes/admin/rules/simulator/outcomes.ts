import { CircleCheck, Hourglass, type LucideIcon, OctagonX } from 'lucide-react'
import type { Tone } from '../../../../components/tones.ts'

/** How an answer to an attempt is told: words, icon and tone, so never by colour alone. */
export const outcomes: Record<
  'firm' | 'request' | 'refuse',
  { words: string; icon: LucideIcon; tone: Tone }
> = {
  firm: { words: 'Confirmed at once', icon: CircleCheck, tone: 'good' },
  request: { words: 'Needs approval', icon: Hourglass, tone: 'wait' },
  refuse: { words: 'Refused', icon: OctagonX, tone: 'bad' },
}
export const outcomesInOrder = ['firm', 'request', 'refuse'] as const
