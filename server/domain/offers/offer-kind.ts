import type { SessionKind, SessionTerms } from '@rapport/sdk'
import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { defaultTerms, settleTerms } from '../sessions/terms.ts'
import type { OfferInput } from './check-offer.ts'

/** What an offer's kind makes of it. */
export interface KindFields {
  kindSettings: Record<string, unknown>
  terms: SessionTerms | null
}

/** 400 `KIND_UNKNOWN` for a kind that no plugin provides. */
export function requireKind(command: Pick<Command, 'kind'>, id: string): SessionKind {
  try {
    return command.kind(id)
  } catch {
    throw new Refusal('input', 'KIND_UNKNOWN', 'There is no such kind of session here.', { field: 'kind' })
  }
}

/**
 * An offer's settings and terms with what was given put in. 400 `KIND_SETTINGS_INVALID`, and what `settleTerms`
 * refuses, each with the paths of the fields at fault.
 */
export function settleKind(
  kind: SessionKind,
  { kindSettings, terms, priceMinor }: Pick<OfferInput, 'kindSettings' | 'terms' | 'priceMinor'>,
  before: KindFields = { kindSettings: {}, terms: null },
): KindFields {
  const start = before.terms ?? defaultTerms(kind)
  return {
    kindSettings: settleSettings(kind, { ...before.kindSettings, ...kindSettings }),
    terms:
      start || terms
        ? settleTerms({ kind, before: start!, given: terms ?? {}, offer: { priceMinor } })
        : null,
  }
}

function settleSettings(kind: SessionKind, settings: Record<string, unknown>): Record<string, unknown> {
  const parsed = kind.settings.safeParse(settings)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path, message }) => ({
    field: ['kindSettings', ...path].join('.'),
    message,
  }))
  const { field, message } = fields[0]!
  throw new Refusal('input', 'KIND_SETTINGS_INVALID', message, { field, data: { fields } })
}
