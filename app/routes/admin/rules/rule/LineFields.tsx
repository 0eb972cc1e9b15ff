import { Trash2 } from 'lucide-react'
import { type RuleProps, useRule } from 'react-querybuilder'
import { Button } from '../../../../components/Button.tsx'
import { headingsOf, operatorsFor } from './fact-words.ts'
import { focusAdder } from './focus.ts'
import { isUnfinished, type Line } from './query.ts'
import { ValueField } from './ValueField.tsx'
import { useWords } from './words.ts'

/** One condition: what it looks at, how it compares, and with what. */
export function LineFields(props: RuleProps) {
  const line = useRule(props)
  const { facts, showsUnfinished } = useWords()
  const { field, operator } = line.rule
  const fact = facts.find(({ name }) => name === field)!
  const operators = operatorsFor(fact, operator)
  const isMissing = showsUnfinished && isUnfinished(line.rule as Line)

  return (
    <div className="rounded-control border border-line bg-surface p-2 pl-3">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
          <select
            aria-label="What it depends on"
            value={field}
            onChange={event => line.onChangeField(event.target.value)}
            className={`${selectLook} max-w-full sm:max-w-72`}
          >
            {headingsOf(facts).map(({ heading, facts: under }) => (
              <optgroup key={heading} label={heading}>
                {under.map(({ name, label }) => (
                  <option key={name} value={name}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
          {operators.length > 1 ? (
            <select
              aria-label={`How “${fact.label}” compares`}
              value={operator}
              onChange={event => line.onChangeOperator(event.target.value)}
              className={selectLook}
            >
              {operators.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </select>
          ) : (
            <span className="px-1">{operators[0]!.label}</span>
          )}
          {operator !== 'none' && operator !== 'some' && (
            <ValueField
              fact={fact}
              value={line.rule.value}
              isList={operator === 'oneOf' || operator === 'noneOf'}
              isMissing={isMissing}
              onChange={value => line.onChangeValue(value)}
            />
          )}
        </div>
        <Button
          variant="quiet"
          size="small"
          className="min-h-11"
          aria-label={`Remove the condition on “${fact.label}”`}
          onPress={({ target }) => {
            focusAdder(target.closest('fieldset'))
            line.removeRule()
          }}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      {isMissing && (
        <p role="alert" className="mt-1 text-sm font-medium text-bad">
          Choose a value, or remove this condition.
        </p>
      )}
    </div>
  )
}

const selectLook =
  'h-11 min-w-0 cursor-pointer rounded-control border border-line-strong/70 bg-surface px-2 text-base hover:border-line-strong focus:border-accent-ink focus:outline-2 focus:-outline-offset-1 focus:outline-accent-ink'
