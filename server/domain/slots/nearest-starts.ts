import { lowerBound } from './intervals.ts'

/**
 * Up to `count` of the ascending starts, those nearest to the wanted instant, nearest first; of two that are
 * equally near the earlier comes first.
 */
export function nearestStarts(starts: readonly number[], wanted: number, count: number): number[] {
  let after = lowerBound(starts.length, index => starts[index]! >= wanted)
  let before = after - 1
  const nearest: number[] = []
  while (nearest.length < count && (before >= 0 || after < starts.length)) {
    const isEarlierNearer =
      after >= starts.length || (before >= 0 && wanted - starts[before]! <= starts[after]! - wanted)
    nearest.push(isEarlierNearer ? starts[before--]! : starts[after++]!)
  }
  return nearest
}
