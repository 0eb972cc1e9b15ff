const LONGEST = 200
// Controls, line and paragraph separators, and characters that turn the direction of what follows.
const MISLEADING = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Text that people typed, fit for one line of a header: it can neither begin a header of its own nor pose as another's. */
export function asHeader(text: string): string {
  return text.replace(MISLEADING, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST)
}
