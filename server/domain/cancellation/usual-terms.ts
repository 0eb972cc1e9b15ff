import { type CancellationTerms, cancellationTerms } from '@rapport/sdk'
import { listManagedOffers, type ManagedOffer, type OfferQuery } from '../offers/read-offers.ts'
import { defaultTerms } from '../sessions/terms.ts'
import { cancellationSentences } from './sentences.ts'
import { defaultTermsOf } from './terms.ts'

/** Terms as a kind of session has them by itself, read out. */
export interface UsualTerms {
  terms: CancellationTerms
  sentences: string[]
}

/** What holds for each kind and each offer as long as the business says nothing else, for the editor of its terms. */
export async function readUsualTerms(
  query: OfferQuery & { kinds: readonly { id: string; label: string }[] },
) {
  const offers = await listManagedOffers(query)
  return {
    kinds: query.kinds.map(({ id, label }) => {
      const kind = query.kind(id)
      return {
        ...{ id, label },
        ...read(defaultTermsOf(kind, { settings: kind.settings.parse({}), terms: defaultTerms(kind) })),
      }
    }),
    offers: offers
      .filter(({ active }) => active)
      .map(offer => ({
        ...pick(offer),
        ...read(defaultTermsOf(query.kind(offer.kind), { settings: offer.kindSettings, terms: offer.terms })),
      })),
  }
}

/** Terms that are being written, read out where they can be kept; otherwise what is wrong, by field. */
export function readTerms(given: unknown): {
  sentences: string[] | null
  problems: { field: string; message: string }[]
} {
  const parsed = cancellationTerms.safeParse(given)
  if (parsed.success) return { sentences: cancellationSentences(parsed.data), problems: [] }
  const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
  return { sentences: null, problems }
}

function pick({ id, title, kind, priceMinor, currency }: ManagedOffer) {
  return { id, title, kind, priceMinor, currency }
}

function read(terms: CancellationTerms): UsualTerms {
  return { terms, sentences: cancellationSentences(terms) }
}
