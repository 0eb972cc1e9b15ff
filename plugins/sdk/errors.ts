/** Thrown by an adapter where trying again can't help: wrong settings, a thing that doesn't exist. */
export class Hopeless extends Error {}

/** Thrown by `webhook` for a request that isn't from whom it says; answered with 401. */
export class Refused extends Error {}

/** Thrown by the guarded `fetch` for an address that plugins may not reach, or an answer that is too large. */
export class Unreachable extends Error {}
