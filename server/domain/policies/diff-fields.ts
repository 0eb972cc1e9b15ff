import { conditionSentence } from '../rules/condition-sentence.ts'
import type { Rule } from '../rules/policy.ts'
import { VALUE_NAMES } from '../rules/values.ts'
import { nameOfRule, sayValue, VALUE_LABELS } from './labels.ts'
import { sayScope, type Wording } from './names.ts'

interface SaidField {
  label: string
  said: string
}

/** A rule's parts in words, by stable names: what a comparison of two goes through. */
export function fieldsOf(rule: Rule, { names, currency }: Wording): Map<string, SaidField> {
  const { restricts, waives, sets = {} } = rule.does
  const fields = new Map<string, SaidField>([
    ['title', { label: 'Title', said: rule.title }],
    ['scope', { label: 'For', said: sayScope(rule, names) }],
    ['when', { label: 'When', said: rule.when ? conditionSentence(rule.when, names, currency) : 'Always' }],
    ['active', { label: 'State', said: rule.active ? 'On' : 'Off' }],
  ])
  if (restricts) {
    const said = restricts.outcome === 'refuse' ? 'Refuses' : 'Asks for approval'
    fields.set('outcome', { label: 'Then', said })
    fields.set('sentence', { label: 'Told to the client', said: restricts.sentence })
  }
  if (waives?.length)
    fields.set('waives', { label: 'Waives', said: waives.map(each => nameOfRule(each, names)).join(', ') })
  for (const name of VALUE_NAMES) {
    const value = sets[name]
    if (value !== undefined)
      fields.set(`sets.${name}`, { label: VALUE_LABELS[name], said: sayValue(name, value) })
  }
  return fields
}
