import type { ClientRecord } from '#server/domain/rules/facts.ts'
import type { Life } from './live-through.ts'

const DAY = 86_400_000

/** What bookings say of their clients at an instant, as `clientRecord` reads it from the rows of that instant. */
export function keepHistories() {
  const lives = new Map<number, Life[]>()
  return {
    add(life: Life) {
      const known = lives.get(life.client)
      if (known) known.push(life)
      else lives.set(life.client, [life])
    },
    at(client: number, instant: number): Omit<ClientRecord, 'id' | 'tags'> {
      const all = (lives.get(client) ?? []).map(life => asOf(life, instant))
      const ofLastYear = all.filter(({ madeAt }) => madeAt > instant - 365 * DAY)
      const confirmed = ofLastYear.filter(({ stands, cancelled }) => stands || cancelled).length
      const percent = (count: number) => (confirmed === 0 ? 0 : Math.round((100 * count) / confirmed))
      return {
        bookings: all.filter(({ stands, missed }) => stands && !missed).length,
        cancellationPercent: percent(ofLastYear.filter(({ cancelled }) => cancelled).length),
        noShowPercent: percent(ofLastYear.filter(({ missed }) => missed).length),
        bookingsLast30Days: all.filter(({ isLive, madeAt }) => isLive && madeAt > instant - 30 * DAY).length,
        outstandingMinor: all.reduce((sum, { feeMinor }) => sum + feeMinor, 0),
      }
    },
  }
}

function asOf({ createdAt, confirmed, ended, attendance, feeMinor, events }: Life, instant: number) {
  const isLive = ended === null || ended.at > instant
  const noted = events.find(({ name }) => name === 'booking.attendance_marked')
  const missed = attendance === 'no_show' && noted!.at <= instant
  return {
    madeAt: createdAt,
    isLive,
    missed,
    stands: isLive && confirmed !== null && confirmed.at <= instant,
    cancelled: !isLive && ended.by === 'client' && ended.from !== 'REQUESTED',
    feeMinor: missed || !isLive ? feeMinor : 0,
  }
}
