const HOUR = 60
const DAY = 1440

/** `count(1, 'hour')` → `1 hour`, `count(2, 'hour')` → `2 hours`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** A length of time in full: `45 minutes`, `1 hour 30 minutes`, `24 hours`, from three whole days on `3 days`. */
export function sayDuration(minutes: number): string {
  const whole = Math.floor(minutes)
  if (speaksOfDays(whole)) return count(whole / DAY, 'day')
  if (whole < HOUR) return count(whole, 'minute')
  const rest = whole % HOUR
  const hours = count(Math.floor(whole / HOUR), 'hour')
  return rest === 0 ? hours : `${hours} ${count(rest, 'minute')}`
}

/** Time left, rounded down, in no larger a unit than the length it is compared with: minutes, minutes. */
export function sayTimeLeft(minutes: number, comparedWith: number): string {
  if (minutes < 1) return 'less than a minute'
  if (minutes < 3 * HOUR) return sayDuration(minutes)
  if (minutes >= 3 * DAY && speaksOfDays(comparedWith)) return count(Math.floor(minutes / DAY), 'day')
  return count(Math.floor(minutes / HOUR), 'hour')
}

function speaksOfDays(minutes: number) {
  return minutes >= 3 * DAY && minutes % DAY === 0
}

/** The same for the coach's trace: `45 min`, `30 h`, `30 h 20 min`, from a fortnight on `16 d`. */
export function shortDuration(minutes: number, round: (n: number) => number = Math.floor): string {
  if (minutes < 0) return `−${shortDuration(-minutes)}`
  if (minutes >= 14 * DAY) return `${round(minutes / DAY)} d`
  const whole = round(minutes)
  const [hours, rest] = [Math.floor(whole / HOUR), whole % HOUR]
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : '']
    .filter(Boolean)
    .join(' ')
}
