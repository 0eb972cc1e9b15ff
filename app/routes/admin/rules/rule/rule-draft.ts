import type { Rule } from '../policy.ts'
import { conditionOf, type Group, groupOf, unfinishedIn } from './query.ts'

/** What a rule leads to, as the form asks for it; `numbers` where it only sets some. */
export type Outcome = 'firm' | 'request' | 'refuse' | 'numbers'

/** A rule as it stands in the form. What belongs to another choice is kept while one tries choices out. */
export interface RuleDraft {
  title: string
  scope: Rule['scope']
  target: string
  group: Group
  leadsTo: Outcome
  /** What the client reads, for each way to restrict. */
  sentences: { request: string; refuse: string }
  waives: readonly string[]
  sets: NonNullable<Rule['does']['sets']>
  active: boolean
}

const usual = {
  request: 'Your coach looks at this booking before it is confirmed.',
  refuse: 'This can’t be booked online. Please get in touch.',
}

/** A rule to begin with: for everybody, or for the coach whose own calendar is all that may be ruled. */
export function newDraft(coachId: string | null): RuleDraft {
  return {
    ...{ title: '', scope: coachId ? 'coach' : 'tenant', target: coachId ?? '', group: groupOf(null) },
    leadsTo: 'request',
    ...{ sentences: usual, waives: [], sets: {}, active: true },
  }
}

export function draftOf({ title, scope, target, when, does, active }: Omit<Rule, 'id'>): RuleDraft {
  const { restricts, waives = [], sets = {} } = does
  return {
    ...{ title, scope, target: target ?? '', group: groupOf(when), waives, sets, active },
    leadsTo: restricts?.outcome ?? (waives.length > 0 ? 'firm' : 'numbers'),
    sentences: restricts ? { ...usual, [restricts.outcome]: restricts.sentence } : usual,
  }
}

/** The rule that the form says; without a title it is called `otherwise`. */
export function ruleOf(draft: RuleDraft, id: string, otherwise: string): Rule {
  const { title, scope, target, group, leadsTo, sentences, waives, sets, active } = draft
  const restricts =
    leadsTo === 'request' || leadsTo === 'refuse'
      ? { restricts: { outcome: leadsTo, sentence: sentences[leadsTo].trim() } }
      : {}
  return {
    ...{ id, scope, active, target: scope === 'tenant' ? null : target.trim() },
    title: title.trim() || otherwise,
    when: conditionOf(group),
    does: {
      ...restricts,
      ...(leadsTo === 'firm' && waives.length > 0 ? { waives: [...waives] } : {}),
      ...(Object.keys(sets).length > 0 ? { sets } : {}),
    },
  }
}

/** What is still missing, by field; the server finds the rest. */
export function missingIn(draft: RuleDraft): { field: string; message: string } | null {
  const { scope, target, group, leadsTo, sentences, waives, sets } = draft
  if (scope !== 'tenant' && target.trim() === '')
    return { field: 'target', message: 'Choose whom the rule is for.' }
  if (unfinishedIn(group).length > 0) return { field: 'when', message: 'A condition has no value yet.' }
  if (leadsTo === 'firm' && waives.length === 0)
    return { field: 'waives', message: 'Choose what they needn’t wait for.' }
  if ((leadsTo === 'request' || leadsTo === 'refuse') && sentences[leadsTo].trim() === '')
    return { field: 'sentence', message: 'Write a sentence, so that the client knows why.' }
  if (leadsTo === 'numbers' && Object.keys(sets).length === 0)
    return { field: 'sets', message: 'Choose at least one number.' }
  return null
}

/** A name for a new rule that no rule of the policy has: a letter, then letters and digits. */
export function newRuleId(taken: readonly string[]): string {
  const id = `r${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`
  return taken.includes(id) ? newRuleId(taken) : id
}
