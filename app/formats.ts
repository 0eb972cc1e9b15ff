/** An instant: ISO text from the API, epoch milliseconds or a Date. */
export type Instant = string | number | Date

/** Dates, times and money in words, for one locale and one zone. */
export interface Formats {
  /** `09:30` or `9:30 am` */
  time(at: Instant): string
  /** `09:30 – 10:15` */
  timeRange(from: Instant, to: Instant): string
  /** `Tuesday, 9 March`; the year is added when it isn't this one. */
  day(at: Instant): string
  /** The same for a local date, `2027-03-09`, in no zone. */
  dayOf(localDate: string): string
  /** `Tue, 9 Mar` */
  shortDay(at: Instant): string
  /** `Tue, 9 Mar, 09:30` */
  moment(at: Instant): string
  /** `9 March 2027` */
  date(at: Instant): string
  /** The zone's offset at that instant: `GMT+1`. */
  offset(at: Instant): string
  /** Minor units of an ISO 4217 currency: `€80`, `€80.50`, `Free`. */
  money(minor: number, currency: string): string
  zone: string
  /** The same words in another zone. */
  in(zone: string): Formats
}

const cache = new Map<string, Formats>()

export function formatsFor(locale: string, zone: string): Formats {
  const key = `${locale} ${zone}`
  const known = cache.get(key)
  if (known) return known
  const made = makeFormats(locale, zone)
  cache.set(key, made)
  return made
}

function makeFormats(locale: string, timeZone: string): Formats {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options })
    return (at: Instant) => plainSpaces(format.format(new Date(at)))
  }
  const time = write({ timeStyle: 'short' })
  const day = write({ weekday: 'long', day: 'numeric', month: 'long' })
  const dayAndYear = write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const shortDay = write({ weekday: 'short', day: 'numeric', month: 'short' })
  const date = write({ day: 'numeric', month: 'long', year: 'numeric' })
  const year = write({ year: 'numeric' })
  const dayInWords = (at: Instant) => (year(at) === year(new Date()) ? day : dayAndYear)(at)
  const offset = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' })

  return {
    zone: timeZone,
    time,
    timeRange: (from, to) => `${time(from)} – ${time(to)}`,
    day: dayInWords,
    dayOf: date =>
      timeZone === 'UTC' ? dayInWords(`${date}T12:00:00Z`) : formatsFor(locale, 'UTC').dayOf(date),
    shortDay,
    moment: at => `${shortDay(at)}, ${time(at)}`,
    date,
    offset: at => offset.formatToParts(new Date(at)).find(part => part.type === 'timeZoneName')?.value ?? '',
    money: (minor, currency) => formatMoney(locale, minor, currency),
    in: other => formatsFor(locale, other),
  }
}

/** Browsers and servers differ in which narrow space they put before `am`. */
function plainSpaces(text: string): string {
  return text.replace(/[\u2009\u202f]/g, ' ')
}

function formatMoney(locale: string, minor: number, currency: string): string {
  if (minor === 0) return 'Free'
  const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits!
  const amount = minor / 10 ** digits
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Number.isInteger(amount) ? 0 : digits,
  })
    .format(amount)
    .replace('-', '−')
}

/** `45 minutes`, `1 hour`, `1½ hours`, `2 hours 20 minutes`. */
export function durationInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} ${rest === 1 ? 'minute' : 'minutes'}`
  if (rest === 30) return `${hours}½ hours`
  const whole = `${hours} ${hours === 1 ? 'hour' : 'hours'}`
  return rest === 0 ? whole : `${whole} ${rest} ${rest === 1 ? 'minute' : 'minutes'}`
}

/** `1½ hours`, or of several dates all together: `9 hours in all`. */
export function datesDurationInWords(dates: readonly { startsAt: string; endsAt: string }[]): string {
  const minutes = dates.reduce(
    (sum, { startsAt, endsAt }) => sum + (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000,
    0,
  )
  return dates.length > 1 ? `${durationInWords(minutes)} in all` : durationInWords(minutes)
}

/** The local date (`2027-03-09`) of an instant in a zone. */
export function localDateIn(at: Instant, timeZone: string): string {
  return dateParts(timeZone).format(new Date(at))
}

const datesByZone = new Map<string, Intl.DateTimeFormat>()

function dateParts(timeZone: string): Intl.DateTimeFormat {
  let format = datesByZone.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    datesByZone.set(timeZone, format)
  }
  return format
}
