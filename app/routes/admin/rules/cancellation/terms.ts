import type { Outputs } from '../../../../api.ts'
import type { CurrentPolicy, Document } from '../policy.ts'

export type UsualTerms = Outputs['policies']['usualTerms']
export type TermsRule = Document['cancellation'][number]
export type Terms = TermsRule['terms']
export type Outcome = Terms['lateMove']['outcome']

/** What terms may be for, with what holds there now. */
export interface Place {
  scope: TermsRule['scope']
  target: string | null
  /** "All offers", "Group session", "Breathing basics". */
  name: string
  /** The business's own terms for it; null where it has none. */
  own: Terms | null
  /** What holds, read out, and where that comes from; null where it differs by kind. */
  holds: { terms: Terms; sentences: string[]; from: string } | null
  /** Whether the draft says something else than what was published. */
  isChanged: boolean
}

interface Known {
  usual: UsualTerms
  /** As the draft has them, and as they were published. */
  own: CurrentPolicy['cancellation']
  published: CurrentPolicy['cancellation']
}

/** All places, from the widest to the nearest, each with the nearest terms that hold for it. */
export function placesOf({ usual, own, published }: Known): Place[] {
  const find = (scope: TermsRule['scope'], target: string | null, among = own) =>
    among.find(({ rule }) => rule.scope === scope && rule.target === target)
  const read = (found: Known['own'][number] | undefined, from: string) =>
    found && { terms: found.rule.terms, sentences: found.sentences, from }
  const place = (scope: TermsRule['scope'], target: string | null, name: string) => ({
    ...{ scope, target, name },
    own: find(scope, target)?.rule.terms ?? null,
    isChanged:
      JSON.stringify(find(scope, target)?.rule.terms) !==
      JSON.stringify(find(scope, target, published)?.rule.terms),
  })
  const all = find('tenant', null)
  const labels = new Map(usual.kinds.map(({ id, label }) => [id, label]))

  return [
    { ...place('tenant', null, 'All offers'), holds: read(all, 'Your terms') ?? null },
    ...usual.kinds.map(kind => ({
      ...place('kind', kind.id, kind.label),
      holds:
        read(find('kind', kind.id), 'Your terms') ?? read(all, 'Your terms for all offers') ?? usualOf(kind),
    })),
    ...usual.offers.map(offer => ({
      ...place('offer', offer.id, offer.title),
      holds:
        read(find('offer', offer.id), 'Your terms') ??
        read(find('kind', offer.kind), `Your terms for ${labels.get(offer.kind) ?? 'its kind'}`) ??
        read(all, 'Your terms for all offers') ??
        usualOf(offer),
    })),
  ]
}

function usualOf({ terms, sentences }: Pick<UsualTerms['kinds'][number], 'terms' | 'sentences'>) {
  return { terms, sentences, from: 'Usual terms' }
}

/** The document with these terms for a place; null for none of its own. */
export function withTerms(
  { rules, cancellation }: Document,
  { scope, target }: Pick<Place, 'scope' | 'target'>,
  terms: Terms | null,
): Document {
  const others = cancellation.filter(rule => rule.scope !== scope || rule.target !== target)
  return { rules, cancellation: terms ? [...others, { scope, target, terms }] : others }
}
