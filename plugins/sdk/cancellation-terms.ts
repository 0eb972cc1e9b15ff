import { z } from 'zod'

/*
 * What cancelling, staying away and moving late cost a client (Q3). All hours are elapsed ones before the start, so
 * that a change of the clocks makes no window longer or shorter.
 */

const hours = z.int('must be a whole number of hours').min(0).max(8760, 'at most a year, 8760 hours')
const percent = z.int('must be a whole number').min(0, 'at least 0 %').max(100, 'at most 100 %')

const tier = z.strictObject({
  hoursBefore: hours,
  /** Of the price, or of what the deposit leaves of it where that is kept. */
  refundPercent: percent.min(
    1,
    'Without anything back it needs no line: later than the last one, nothing is',
  ),
  /** Whether a deposit stays with the business all the same. */
  keepsDeposit: z.boolean(),
})

/** How cancelling is charged. What comes back never grows as the start nears, which is checked here. */
export const cancellationTerms = z
  .strictObject({
    /** By falling `hoursBefore`: who cancels at least so long before gets this part back; later than the last, nothing. */
    tiers: z.array(tier).max(6),
    /** Free for so long after booking, as long as the start is a day away. */
    graceMinutes: z.int().min(0).max(1440, 'at most a day, 1440 minutes'),
    /** What comes back to somebody who stayed away. */
    noShowRefundPercent: percent,
    /** What becomes of a client's own move that is asked for later than so many hours before the start. */
    lateMove: z.strictObject({
      hoursBefore: hours,
      outcome: z.enum(['free', 'ask', 'fee', 'refuse']),
      /** Of the price; counts for `fee` only. */
      feePercent: percent,
    }),
  })
  .superRefine(({ tiers, noShowRefundPercent, lateMove }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    tiers.forEach((tier, at) => {
      const before = tiers[at - 1]
      if (!before) return
      if (tier.hoursBefore >= before.hoursBefore)
        fault(['tiers', at, 'hoursBefore'], 'This must be nearer to the start than the line before')
      if (tier.refundPercent > before.refundPercent)
        fault(['tiers', at, 'refundPercent'], 'Nearer to the start no more can come back than before')
      if (before.keepsDeposit && !tier.keepsDeposit)
        fault(['tiers', at, 'keepsDeposit'], 'The deposit is kept earlier already, so it is kept here too')
    })
    const last = tiers.at(-1)
    const atStart = last?.hoursBefore === 0 && !last.keepsDeposit ? last.refundPercent : 0
    if (noShowRefundPercent > atStart)
      fault(['noShowRefundPercent'], 'Who stays away can’t get more back than who cancels at the last moment')
    if (lateMove.outcome === 'fee' && lateMove.feePercent === 0)
      fault(['lateMove', 'feePercent'], 'Say how much of the price a late move costs')
  })

export type CancellationTerms = z.output<typeof cancellationTerms>
