import { FolderPlus, Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { type RuleGroupProps, useRuleGroup } from 'react-querybuilder'
import { Button } from '../../../../components/Button.tsx'
import { InlineChoice } from '../basics/Inline.tsx'
import { focusAdder, focusNewest } from './focus.ts'
import { DEEPEST, depthOf, type Group, type Line, levelsDownTo, levelsOf, type Together } from './query.ts'
import { useWords } from './words.ts'

const togethers: Record<Together, string> = {
  all: 'all of these are so',
  any: 'at least one of these is so',
  none: 'none of these is so',
  notAll: 'not all of these are so',
}

/** The lines of a condition and how they hold together; groups within it look the same, one step in. */
export function GroupFields(props: RuleGroupProps) {
  const group = useRuleGroup(props)
  const { schema, path, actions, translations } = group
  const { rule: LineElement, ruleGroup: GroupElement } = schema.controls
  const { combinator, rules } = group.ruleGroup as Group
  const { root } = useWords()
  const isRoot = path.length === 0
  const box = useRef<HTMLFieldSetElement>(null)
  const expected = useRef(0)

  useEffect(() => {
    if (expected.current === 0 || rules.length !== expected.current) return
    expected.current = 0
    focusNewest(box.current)
  })

  function add(make: () => void) {
    expected.current = rules.length + 1
    make()
  }

  const levels = levelsDownTo(root, path)
  const mayNest = levels < DEEPEST
  const below = depthOf(group.ruleGroup as Group) - levelsOf(combinator)
  const offered = (Object.keys(togethers) as Together[]).filter(
    each =>
      each === combinator ||
      (each !== 'notAll' && levels - levelsOf(combinator) + levelsOf(each) + below <= DEEPEST),
  )
  const many = rules.length > 1 || combinator !== 'all'

  return (
    <fieldset
      ref={box}
      className={
        isRoot
          ? 'min-w-0'
          : 'min-w-0 rounded-control border border-line border-l-4 border-l-accent-line bg-ground p-3'
      }
    >
      <legend className="sr-only">{isRoot ? 'Conditions' : 'Conditions that belong together'}</legend>
      <div className="flex items-start justify-between gap-2">
        {many ? (
          <p className="mb-2 leading-[2.75rem]">
            {isRoot ? 'When' : 'Here'}
            <InlineChoice
              label="How these conditions hold together"
              value={combinator}
              choices={offered.map(id => ({ id, label: togethers[id] }))}
              onChange={id => group.onCombinatorChange(id)}
            />
          </p>
        ) : (
          <span />
        )}
        {!isRoot && (
          <Button
            variant="quiet"
            size="small"
            aria-label="Remove this group"
            onPress={({ target }) => {
              focusAdder(target.closest('fieldset')?.parentElement?.closest('fieldset'))
              group.removeGroup()
            }}
          >
            <Trash2 aria-hidden="true" />
          </Button>
        )}
      </div>
      <ul className="flex flex-col gap-2">
        {rules.map((each, at) => {
          const shared = { id: each.id!, path: group.pathsMemo[at]!.path, schema, actions, translations }
          return (
            <li key={each.id}>
              {'rules' in each ? (
                <GroupElement {...shared} ruleGroup={each} />
              ) : (
                <LineElement {...shared} rule={each as Line} />
              )}
            </li>
          )
        })}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" data-adder onPress={() => add(group.addRule)}>
          <Plus aria-hidden="true" />
          Add a condition
        </Button>
        {mayNest && rules.length > 0 && (
          <Button variant="quiet" size="small" onPress={() => add(group.addGroup)}>
            <FolderPlus aria-hidden="true" />
            Add a group
          </Button>
        )}
      </div>
    </fieldset>
  )
}
