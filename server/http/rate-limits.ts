/** What is counted, and against what: see `createRateLimits` for the numbers. */
export type LimitName = 'sign_in' | 'sign_up' | 'login_link' | 'hold' | 'booking' | 'api'

export interface RateLimits {
  /**
   * Counts one attempt of `name` for each key (address, client, offer).
   * Throws a `Refusal` of family `too_many` with `data.retryAfterSeconds`; fails closed when the count can't be kept.
   */
  consume(name: LimitName, ...keys: string[]): Promise<void>
}
