import type { Outputs } from '../../api.ts'

/** Why a booking needs an answer, in the words for the coach. */
export function coachReasons(trace: Outputs['bookings']['get']['decision']['trace']): string {
  const asking = trace.filter(line => line.outcome !== 'firm')
  return asking.map(line => ('coachSentence' in line ? line.coachSentence : line.sentence)).join(' ')
}
