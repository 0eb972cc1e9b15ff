/** The family of a refusal: decides the HTTP status it is answered with. */
export type RefusalFamily = 'input' | 'unauthorized' | 'forbidden' | 'not_found' | 'conflict' | 'too_many'

interface RefusalDetails {
  /** The input field at fault, as a path: `client.email`. */
  field?: string
  /** Further data for the caller, shown in `data` beside the code. */
  data?: Record<string, unknown>
}

/**
 * An expected failure: the caller can do something about it. Thrown inside a command it rolls the
 * transaction back, so nothing is half-done. `code` is stable and part of the API; `message` is a
 * sentence for people that says what to do.
 */
export class Refusal extends Error {
  readonly family: RefusalFamily
  readonly code: string
  readonly field: string | undefined
  readonly data: Record<string, unknown>

  constructor(family: RefusalFamily, code: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.family = family
    this.code = code
    this.field = details.field
    this.data = { ...details.data }
  }

  /** The same refusal, with more for the caller to go by. */
  adding(data: Record<string, unknown>): this {
    Object.assign(this.data, data)
    return this
  }
}

/** What doesn't exist and what belongs to another tenant or person are answered alike (111). */
export function notFound(what: string): Refusal {
  return new Refusal('not_found', 'NOT_FOUND', `There is no such ${what} here.`)
}
