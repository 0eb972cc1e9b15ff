export const MINUTE = 60_000
export const DAY = 86_400_000

/** A stretch of time through which a zone keeps one offset: wall clock = instant + offset, all in ms. */
export interface Span {
  startsAt: number
  endsAt: number
  offset: number
}

/**
 * The spans of a zone that cover [from, to] without gaps, ascending. They are found by asking Intl once per
 * zone and stretch of 30 days, then remembered, and don't depend on the zone of the process.
 *
 * @throws RangeError when the zone is unknown or the bounds aren't finite
 */
export function spansBetween(timeZone: string, from: number, to: number): Span[] {
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError('The window needs two finite ends')
  const zone = zoneNamed(timeZone)
  const spans: Span[] = []
  for (let block = Math.floor(from / BLOCK); block <= Math.floor(to / BLOCK); block++) {
    for (const span of spansOfBlock(zone, block)) {
      const last = spans.at(-1)
      if (last?.offset === span.offset) last.endsAt = span.endsAt
      else spans.push({ ...span })
    }
  }
  return spans
}

/** The span around one instant, as far as its stretch of 30 days reaches. */
export function spanAt(timeZone: string, instant: number): Span {
  const spans = spansOfBlock(zoneNamed(timeZone), Math.floor(instant / BLOCK))
  return spans.findLast(span => span.startsAt <= instant)!
}

/** The offset at an instant that the spans cover. */
export function offsetIn(spans: readonly Span[], instant: number): number {
  let index = spans.length - 1
  while (index > 0 && spans[index]!.startsAt > instant) index--
  return spans[index]!.offset
}

/**
 * The instant of a wall-clock time (ms, written as if it were UTC). A time that the clock skips moves on by
 * what was skipped; of a time that comes twice it is the first. The spans must reach a day to either side.
 */
export function instantOf(spans: readonly Span[], wall: number): number {
  let before = spans[0]!.offset
  for (const span of spans) {
    const instant = wall - span.offset
    if (instant < span.startsAt) return wall - before
    if (instant < span.endsAt) return instant
    before = span.offset
  }
  return wall - before
}

interface Zone {
  format: Intl.DateTimeFormat
  blocks: Map<number, Span[]>
}

const BLOCK = 30 * DAY
/** Since 1970 no zone has changed its clock twice within 6 days; Gaza comes nearest, in 2040. */
const PROBE = 3 * DAY
/** There are some 600 names; offsets such as +05:30 and spellings in other cases are names too. */
const MOST_ZONES = 1000
const zones = new Map<string, Zone>()

function zoneNamed(timeZone: string): Zone {
  let zone = zones.get(timeZone)
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    if (zones.size >= MOST_ZONES) zones.clear()
    zone = { format, blocks: new Map() }
    zones.set(timeZone, zone)
  }
  return zone
}

function spansOfBlock(zone: Zone, block: number): Span[] {
  let spans = zone.blocks.get(block)
  if (!spans) {
    spans = readSpans(zone, block * BLOCK, (block + 1) * BLOCK)
    zone.blocks.set(block, spans)
  }
  return spans
}

function readSpans(zone: Zone, startsAt: number, endsAt: number): Span[] {
  let span: Span = { startsAt, endsAt, offset: askOffset(zone, startsAt) }
  const spans = [span]
  for (let from = startsAt; from < endsAt; from += PROBE) {
    const to = Math.min(from + PROBE, endsAt - 1000)
    const offset = askOffset(zone, to)
    while (span.offset !== offset) {
      const change = firstChange(zone, Math.max(from, span.startsAt), to, span.offset)
      span.endsAt = change
      span = { startsAt: change, endsAt, offset: askOffset(zone, change) }
      spans.push(span)
    }
  }
  return spans
}

/** The first whole second after `from` at which the zone no longer has `offset`; at `to` it hasn't. */
function firstChange(zone: Zone, from: number, to: number, offset: number): number {
  let kept = from
  let changed = to
  while (changed - kept > 1000) {
    const middle = Math.floor((kept + changed) / 2000) * 1000
    if (askOffset(zone, middle) === offset) kept = middle
    else changed = middle
  }
  return changed
}

/** Intl writes `3/14/2027, GMT-04:00`: plain `GMT` in some versions for zero, seconds before 1972. */
function askOffset(zone: Zone, instant: number): number {
  const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(
    zone.format.format(instant),
  )!
  if (!sign) return 0
  const offset = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000
  return sign === '-' ? -offset : offset
}
