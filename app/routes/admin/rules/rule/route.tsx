import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { Switch } from '../../../../components/Choices.tsx'
import { PageHeader } from '../../../../components/PageHeader.tsx'
import { Panel } from '../../../../components/Panel.tsx'
import { SaveBar } from '../../../../components/SaveBar.tsx'
import { TextField } from '../../../../components/TextField.tsx'
import { load, notFoundPage } from '../../../../loading.ts'
import { errorAt, type Problem } from '../../problems.ts'
import { useStaff } from '../../shell.tsx'
import { Findings } from '../draft/Findings.tsx'
import { type Policy, usePolicy, withRule } from '../draft/use-policy.ts'
import type { RuleView } from '../policy.ts'
import { EffectFields } from './EffectFields.tsx'
import { Reading, titleFrom, useReading } from './Reading.tsx'
import { draftOf, missingIn, newDraft, newRuleId, type RuleDraft, ruleOf } from './rule-draft.ts'
import { WhenFields } from './WhenFields.tsx'
import { WhoFields } from './WhoFields.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.view ? data.view.rule.title : 'New rule' },
]

/** A rule to change, or none for `/admin/rules/own/new`, which may begin as a template or another rule. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return load(context, request, async () => {
    const { policies } = context.api
    const [current, { draft }, vocabulary] = await Promise.all([
      policies.current(),
      policies.draft(),
      policies.vocabulary(),
    ])
    const { rules } = draft ?? current
    const view = rules.find(({ rule }) => rule.id === params.id) ?? null
    if (!view && params.id !== 'new') throw notFoundPage('There is no such rule in your draft.')
    const asked = new URL(request.url).searchParams
    const copied = rules.find(({ rule }) => rule.id === asked.get('copy'))?.rule
    const template = vocabulary.templates.find(({ id }) => id === asked.get('template'))?.rule
    const begin = copied ? { ...copied, title: `${copied.title} (copy)`.slice(0, 80) } : template
    return { current, draft, vocabulary, view, begin: begin ?? null, seed: asked.toString() }
  })
}

export default function RulePage() {
  const { view, seed } = useLoaderData<typeof loader>()
  return <RuleEditor key={view?.rule.id ?? `new ${seed}`} />
}

function RuleEditor() {
  const { current, draft: policyDraft, vocabulary, view, begin } = useLoaderData<typeof loader>()
  const policy = usePolicy({ current, draft: policyDraft })
  const { me, mayEditBusiness } = useStaff()
  const navigate = useNavigate()
  const [id] = useState(() => view?.rule.id ?? newRuleId(takenIds(policy)))
  const [saved] = useState(() => {
    const rule = view?.rule ?? begin
    return rule ? draftOf(rule) : newDraft(mayEditBusiness ? null : me.member.coachId)
  })
  const [draft, setDraft] = useState(saved)
  const [missing, setMissing] = useState<Problem | null>(null)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const reading = useReading(draft, id)

  const problems = missing ? [missing] : []
  const ownRules = (policy.draft ?? policy.current).rules
    .map(({ rule }) => rule)
    .filter(rule => rule.does.restricts && rule.id !== id)

  function change(changes: Partial<RuleDraft>) {
    setDraft(before => ({ ...before, ...changes }))
    setMissing(null)
  }

  async function save() {
    const wrong = missingIn(draft)
    if (wrong) return setMissing(wrong)
    const rule = ruleOf(draft, id, titleFrom(reading?.effect))
    const isKept = await policy.change(
      document => withRule(document, rule),
      `“${rule.title}” is in your draft.`,
    )
    if (isKept) navigate('/admin/rules/own')
  }

  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader
        title={view ? view.rule.title : 'New rule'}
        back={{ to: '/admin/rules/own', label: 'Rules' }}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Who is it for?">
            <WhoFields
              vocabulary={vocabulary}
              draft={draft}
              targetName={
                reading?.rule.target === draft.target ? reading.targetName : (view?.targetName ?? null)
              }
              error={errorAt(problems, 'target', 'scope')}
              onChange={change}
            />
            <Findings {...about(reading, 'target', 'scope')} />
          </Panel>
          <Panel
            title="When does it hold?"
            hint={draft.group.rules.length === 0 ? 'Always, unless you add a condition.' : undefined}
          >
            <WhenFields
              vocabulary={vocabulary}
              group={draft.group}
              showsUnfinished={missing?.field === 'when'}
              onChange={group => change({ group })}
            />
            <Findings {...about(reading, 'when')} />
          </Panel>
          <Panel title="What happens then?">
            <EffectFields
              vocabulary={vocabulary}
              ownRules={ownRules}
              draft={draft}
              problems={problems}
              onChange={change}
            />
            <Findings {...about(reading, 'does', 'waives', 'sets', 'active')} />
          </Panel>
          <Panel title="What is it called?">
            <TextField
              label="Name"
              hint="Only you and your colleagues see it. Empty, it is called by what it does."
              maxLength={80}
              value={draft.title}
              onChange={title => change({ title })}
              error={errorAt(reading?.problems ?? [], 'title')}
            />
            <div className="mt-4">
              <Switch
                label="On"
                hint="Off, it is kept but doesn’t count."
                isSelected={draft.active}
                onChange={active => change({ active })}
              />
            </div>
          </Panel>
        </div>
        <Reading draft={draft} reading={reading} />
      </div>
      <SaveBar
        isChanged={!view || isChanged}
        asksBeforeLeaving={isChanged}
        isSaving={policy.isSaving}
        onSave={save}
        onDiscard={() => (view ? setDraft(saved) : navigate('/admin/rules/own'))}
        problem={missing?.message}
      />
    </div>
  )
}

/** Of rules that hold too, so that a removed one isn't taken for the new one. */
function takenIds({ current, draft }: Pick<Policy, 'current' | 'draft'>): string[] {
  return [...current.rules, ...(draft?.rules ?? [])].map(({ rule }) => rule.id)
}

/** What the server found about some parts of the rule. */
function about(reading: RuleView | null, ...parts: string[]): Pick<RuleView, 'problems' | 'warnings'> {
  const isHere = ({ field }: { field: string }) => parts.includes(field.split('.')[0]!)
  return {
    problems: reading?.problems.filter(isHere) ?? [],
    warnings: reading?.warnings.filter(isHere) ?? [],
  }
}
