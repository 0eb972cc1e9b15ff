/** Thrown by an adapter where trying again can't help: wrong settings, a thing that doesn't exist. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless'
}

/** Thrown by `webhook` for a request that isn't from whom it says; answered with 401. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** Thrown by the guarded `fetch` for an address that plugins may not reach, or an answer that is too large. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
