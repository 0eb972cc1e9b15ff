import { type SessionKind, type SessionTerms, sessionTerms } from '@rapport/sdk'
import { Refusal } from '../refusal.ts'

/** Terms as somebody sends them: what isn't named stays as it is. */
export type GivenTerms = Record<string, unknown>

/** What the terms of an offer of this kind start out with; null for kinds whose clients pick a slot. */
export function defaultTerms({ sessions }: SessionKind): SessionTerms | null {
  return sessions ? sessionTerms.parse(sessions.defaults) : null
}

interface Settled {
  kind: SessionKind
  /** What holds for each field that isn't given. */
  before: SessionTerms
  given: GivenTerms
  offer: { priceMinor: number }
}

/**
 * Terms with what was given put in, checked by their kind. 400 `TERMS_INVALID` with all fields at fault by their
 * paths (`terms.phases.0.priceMinor`) and a sentence for each; 400 `TERMS_UNKNOWN` for a kind without terms.
 */
export function settleTerms({ kind, before, given, offer }: Settled): SessionTerms {
  const parsed = sessionTerms.safeParse({ ...before, ...given })
  if (!parsed.success) {
    throw termsInvalid(
      parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message })),
    )
  }
  const problems = rulesOf(kind).check(parsed.data, offer)
  if (problems.length > 0) throw termsInvalid(problems)
  return parsed.data
}

function rulesOf(kind: SessionKind) {
  if (kind.sessions) return kind.sessions
  const why = 'Clients pick a slot for this, so it has no terms of sessions.'
  throw new Refusal('input', 'TERMS_UNKNOWN', why, { field: 'terms' })
}

function termsInvalid(problems: readonly { field: string; sentence: string }[]): Refusal {
  const fields = problems.map(({ field, sentence }) => ({
    field: field ? `terms.${field}` : 'terms',
    message: sentence,
  }))
  const { field, message } = fields[0]!
  return new Refusal('input', 'TERMS_INVALID', message, { field, data: { fields } })
}
