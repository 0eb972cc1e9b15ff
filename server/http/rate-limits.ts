/** What is counted: see `createRateLimits` for the numbers. */
export type LimitName =
  | 'sign_in'
  | 'sign_up'
  | 'login_link'
  | 'hold'
  | 'booking'
  | 'post'
  | 'certificate'
  | 'upload'
  | 'share'
  | 'api'

/** Against what an attempt counts. Each limit counts those of these that it has a number for. */
export interface LimitKeys {
  /** The caller's network address. */
  address?: string
  /** The e-mail address given, or the id of a person who is known. */
  client?: string
  /** The offer's id or slug. */
  offer?: string
}

/** Counts attempts. What is kept is blinded: no address of a network or a person lies in memory or table. */
export interface RateLimits {
  /**
   * Counts one attempt of `name` for each key, in `scope` (a tenant's id, or `apex`).
   * Throws a `Refusal` of family `too_many` with `data.retryAfterSeconds`; fails closed when the count can't be kept.
   */
  consume(name: LimitName, scope: string, keys: LimitKeys): Promise<void>
  /** Takes an attempt back that turned out to be rightful, such as a sign-in with the right password. */
  giveBack(name: LimitName, scope: string, keys: LimitKeys): Promise<void>
  stop(): Promise<void>
}
