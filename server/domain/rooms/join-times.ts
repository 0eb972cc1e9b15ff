interface SessionDate {
  startsAt: Date
  endsAt: Date
}

/** Rooms open so long before a date's start, ms. */
const OPENS_BEFORE = 15 * 60_000
/** And close so long after its end: sessions run over. */
const CLOSES_AFTER = 60 * 60_000

export interface JoinTimes extends SessionDate {
  opensAt: Date
  closesAt: Date
}

/** When the room of a session can be entered for its present or next date; null once the last one is over. */
export function joinTimes(dates: readonly SessionDate[], now: Date): JoinTimes | null {
  return (
    dates
      .map(({ startsAt, endsAt }) => ({
        startsAt,
        endsAt,
        opensAt: new Date(startsAt.getTime() - OPENS_BEFORE),
        closesAt: new Date(endsAt.getTime() + CLOSES_AFTER),
      }))
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
      .find(({ closesAt }) => closesAt > now) ?? null
  )
}
