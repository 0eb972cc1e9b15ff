import type { SessionKind, SessionTerms, TermsSection } from '@rapport/sdk'
import { defaultTerms } from '../sessions/terms.ts'

/** A kind that offers may be of, with all that a form needs to draw itself. */
export interface OfferKind<Field> {
  id: string
  label: string
  description: string
  bookedBy: SessionKind['bookedBy']
  /** The kind's own settings. */
  settings: readonly Field[]
  /** Null where clients pick a slot. */
  sessions: {
    /** Whether one session may be held on several dates. */
    dates: 'one' | 'several'
    /** Whether sessions may be made by a repeating schedule. */
    repeats: boolean
    /** Parts of the terms to ask for. */
    sections: readonly TermsSection[]
    /** What the terms of a new offer start out with. */
    defaults: SessionTerms
  } | null
}

/** `settings` are the fields of the kind's own settings, as the plugin host reads them. */
export function describeKind<Field>(kind: SessionKind, settings: readonly Field[]): OfferKind<Field> {
  const { id, label, description, bookedBy, sessions } = kind
  return {
    ...{ id, label, description, bookedBy, settings },
    sessions: sessions
      ? {
          dates: sessions.dates,
          repeats: sessions.repeats,
          sections: sessions.sections,
          defaults: defaultTerms(kind)!,
        }
      : null,
  }
}
