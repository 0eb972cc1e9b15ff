import type { FactWord } from '../policy.ts'

/** The facts under their headings, in the order in which the server tells them. */
export function headingsOf(facts: readonly FactWord[]): { heading: string; facts: FactWord[] }[] {
  const abouts = [...new Set(facts.map(({ about }) => about))]
  return abouts.map(about => ({
    heading: headings[about],
    facts: facts.filter(fact => fact.about === about),
  }))
}

const headings: Record<FactWord['about'], string> = {
  time: 'When it starts',
  booking: 'What is booked',
  client: 'Who books',
  calendar: 'The coach’s calendar',
}

/**
 * The comparisons to choose from for a fact. Whether there is something at all, such as a session before, is one of
 * them. The one chosen now is always among them.
 */
export function operatorsFor(
  { operators, nullable }: FactWord,
  now?: string,
): { name: string; label: string }[] {
  const all = nullable ? [...operators, ...ofMissing] : operators
  if (now === undefined || all.some(({ name }) => name === now)) return all
  return [...all, { name: now, label: otherwise[now] ?? now }]
}

const ofMissing = [
  { name: 'none', label: 'doesn’t exist' },
  { name: 'some', label: 'exists' },
]

/** How rules may compare that weren't made in this form. */
const otherwise: Record<string, string> = {
  equals: 'is exactly',
  notEquals: 'is not',
  lessThan: 'is less than',
  atMost: 'is at most',
  moreThan: 'is more than',
  atLeast: 'is at least',
  oneOf: 'is one of',
  noneOf: 'is none of',
}
