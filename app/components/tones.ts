/** What a colour says; always together with an icon or words. */
export type Tone = 'good' | 'wait' | 'bad' | 'info' | 'plain'

export const toneLook: Record<Tone, string> = {
  good: 'border-good-line bg-good-soft text-good',
  wait: 'border-wait-line bg-wait-soft text-wait',
  bad: 'border-bad-line bg-bad-soft text-bad',
  info: 'border-info-line bg-info-soft text-info',
  plain: 'border-line bg-sunken text-muted',
}
