import { Engine, type NestedCondition, type RuleResult, type TopLevelCondition } from 'json-rules-engine'
import {
  type Comparison,
  type Condition,
  comparedFact,
  comparer,
  comparisonsOf,
  OPERATORS,
} from './conditions.ts'
import type { DefaultRule, DefaultRules, Sentences } from './default-rule.ts'
import { type DecisionFacts, type FactName, factNamed } from './facts.ts'
import { sayer } from './phrases.ts'
import { RESTRICTION_CODES } from './restrictions.ts'

/** What the conditions of one rule say of one attempt. */
export type Verdict = 'exempt' | 'passes' | 'restricts'

export interface CompiledRule extends DefaultRule {
  facts: FactName[]
  say: Record<'restricts' | 'passes', Record<keyof Sentences, (facts: DecisionFacts) => string>>
}

export interface CompiledPolicy {
  /** In the order of their codes, so that the order in which they were written changes nothing. */
  rules: CompiledRule[]
  /** One verdict for each of `rules`, by json-rules-engine. */
  ask: (facts: DecisionFacts) => Promise<Verdict[]>
  /** The same for a list, asked once for each class: attempts alike in every comparison, hence in every verdict. */
  askByClass: (list: readonly DecisionFacts[]) => Promise<Verdict[][]>
}

/** Classes a policy remembers between lists. A busy coach's month has a few dozen. */
const MOST_CLASSES = 1000

const compiled = new WeakMap<DefaultRules, CompiledPolicy>()

export function compile(policy: DefaultRules): CompiledPolicy {
  const known = compiled.get(policy)
  if (known) return known

  const rules = policy.rules.map(compileRule).sort(byCodeThenName)
  const ask = asker(rules)
  const made = { rules, ask, askByClass: classAsker(classifier(rules), ask) }
  compiled.set(policy, made)
  return made
}

function compileRule(rule: DefaultRule): CompiledRule {
  const { restricts, passes } = rule.sentences
  return {
    ...rule,
    facts: [...new Set(comparisonsOfRule(rule).flatMap(factsOf))],
    say: {
      restricts: { client: sayer(restricts.client), coach: sayer(restricts.coach) },
      passes: { client: sayer(passes.client), coach: sayer(passes.coach) },
    },
  }
}

function comparisonsOfRule({ applies, restricts }: DefaultRule): Comparison[] {
  return [...(applies ? comparisonsOf(applies) : []), ...comparisonsOf(restricts)]
}

function factsOf({ fact, value }: Comparison): FactName[] {
  const other = comparedFact(value)
  return other === null ? [fact] : [fact, other]
}

function byCodeThenName(a: DefaultRule, b: DefaultRule) {
  const distance = RESTRICTION_CODES.indexOf(a.code) - RESTRICTION_CODES.indexOf(b.code)
  return distance || (a.name < b.name ? -1 : 1)
}

function asker(rules: CompiledRule[]) {
  const engine = new Engine(rules.map(engineRule))
  const names = [...new Set(rules.flatMap(rule => rule.facts))]
  // An engine that finishes one run skips the rules of another that began meanwhile, so they take turns.
  let turn: Promise<unknown> = Promise.resolve()

  return (facts: DecisionFacts) => {
    const values = Object.fromEntries(names.map(name => [name, factNamed(name).read(facts)]))
    const run = turn.then(() => engine.run(values))
    turn = run.catch(() => undefined)
    return run.then(({ results, failureResults }) => verdicts(rules, [...results, ...failureResults]))
  }
}

function engineRule(rule: DefaultRule) {
  const conditions = { all: [rule.applies, rule.restricts].filter(each => each !== undefined).map(translate) }
  // One type for all: events named by a tenant could collide with an emitter's own, such as `error`.
  return { name: rule.name, conditions, event: { type: 'restricts' } }
}

/** Our condition as the engine's, built anew: nothing of a tenant's JSON but literals gets through. */
function translate(condition: Condition): NestedCondition | TopLevelCondition {
  if ('all' in condition) return { all: condition.all.map(translate) }
  if ('any' in condition) return { any: condition.any.map(translate) }
  if ('not' in condition) return { not: translate(condition.not) }

  const { fact, operator, value } = condition
  const other = comparedFact(value)
  const comparison = { fact, operator: OPERATORS[operator].engine, value: other ? { fact: other } : value }
  // The engine takes null for 0 when it compares sizes.
  if (other && OPERATORS[operator].sizes && factNamed(other).nullable) {
    return { all: [{ fact: other, operator: OPERATORS.notEquals.engine, value: null }, comparison] }
  }
  return comparison
}

function verdicts(rules: CompiledRule[], results: RuleResult[]): Verdict[] {
  const byName = new Map(results.map(result => [result.name, result]))
  return rules.map(rule => {
    const result = byName.get(rule.name)
    if (!result) throw new Error(`The engine gave no answer for the rule "${rule.name}"`)
    if (result.result) return 'restricts'
    return rule.applies && !appliesIn(result) ? 'exempt' : 'passes'
  })
}

function appliesIn({ conditions }: RuleResult) {
  return 'all' in conditions && (conditions.all[0] as { result?: boolean }).result === true
}

function classAsker(classOf: (facts: DecisionFacts) => string, ask: CompiledPolicy['ask']) {
  const remembered = new Map<string, Verdict[]>()
  const remember = (key: string, answer: Verdict[]) => {
    if (remembered.size >= MOST_CLASSES) remembered.clear()
    remembered.set(key, answer)
    return answer
  }

  return async (list: readonly DecisionFacts[]) => {
    const answers: Verdict[][] = []
    for (const facts of list) {
      const key = classOf(facts)
      const answer = remembered.get(key) ?? remember(key, await ask(facts))
      answers.push(answer)
    }
    return answers
  }
}

function classifier(rules: DefaultRule[]) {
  const distinct = new Map(rules.flatMap(comparisonsOfRule).map(each => [JSON.stringify(each), each]))
  const comparers = [...distinct.values()].map(comparer)
  return (facts: DecisionFacts) => {
    let key = ''
    for (const holds of comparers) key += holds(facts) ? '1' : '0'
    return key
  }
}
