import { useMemo } from 'react'
import { type FullField, QueryBuilder } from 'react-querybuilder'
import type { FactWord, Vocabulary } from '../policy.ts'
import { operatorsFor } from './fact-words.ts'
import { GroupFields } from './GroupFields.tsx'
import { LineFields } from './LineFields.tsx'
import { fitted, type Group } from './query.ts'
import { WordsProvider } from './words.ts'

interface WhenFieldsProps {
  vocabulary: Vocabulary
  group: Group
  /** Whether lines without a value are pointed out. */
  showsUnfinished: boolean
  onChange: (group: Group) => void
}

const controls = { ruleGroup: GroupFields, rule: LineFields }
const combinators = ['all', 'any', 'none', 'notAll'].map(name => ({ name, label: name }))

/** The conditions of a rule, line by line. */
export function WhenFields({ vocabulary, group, showsUnfinished, onChange }: WhenFieldsProps) {
  const { facts, tags, currency } = vocabulary
  const fields = useMemo(
    () => facts.map(({ name, label }): FullField => ({ name, label, value: name })),
    [facts],
  )
  const words = useMemo(
    () => ({ facts, tags, currency, root: group, showsUnfinished }),
    [facts, tags, currency, group, showsUnfinished],
  )
  const factOf = (name: string) => facts.find(fact => fact.name === name)!
  return (
    <WordsProvider value={words}>
      <QueryBuilder
        fields={fields}
        combinators={combinators}
        query={group}
        onQueryChange={next => onChange(fitted(next as Group))}
        getOperators={name => operatorsFor(factOf(name)).map(each => ({ ...each, value: each.name }))}
        getDefaultValue={({ field }) => firstValue(factOf(field))}
        controlElements={controls}
        enableMountQueryChange={false}
        suppressStandardClassnames
        addRuleToNewGroups
      />
    </WordsProvider>
  )
}

/** What a new line begins with, where something is likely; else nothing, to be filled in. */
function firstValue({ input }: FactWord): unknown {
  return input === 'truth' ? true : ''
}
