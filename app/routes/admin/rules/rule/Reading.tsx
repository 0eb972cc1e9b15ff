import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTRPC } from '../../../../api.ts'
import { Panel } from '../../../../components/Panel.tsx'
import type { RuleView } from '../policy.ts'
import { missingIn, type RuleDraft, ruleOf } from './rule-draft.ts'

const unnamed = 'This rule'

/** The rule as the server reads it, with what is wrong or odd about it; null while something is missing to read it. */
export function useReading(draft: RuleDraft, id: string): RuleView | null {
  const trpc = useTRPC()
  const asked = useDeferredValue(draft)
  const field = missingIn(asked)?.field ?? null
  const isReadable = field === null || field === 'when'
  const { data } = useQuery({
    ...trpc.policies.readRule.queryOptions({ rule: ruleOf(asked, id, unnamed) }),
    enabled: isReadable,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return isReadable ? (data ?? null) : null
}

interface ReadingProps {
  draft: RuleDraft
  reading: RuleView | null
}

/** The rule in a sentence, read out as it changes. */
export function Reading({ draft, reading }: ReadingProps) {
  const missing = missingIn(draft)
  return (
    <Panel title="How it reads" className="order-first lg:sticky lg:top-8 lg:order-none">
      <div aria-live="polite">
        {reading && <p className="text-[1.0625rem] wrap-anywhere">{reading.sentence}</p>}
        {missing && <p className={`text-muted ${reading ? 'mt-2' : ''}`}>{missing.message}</p>}
      </div>
    </Panel>
  )
}

/** A name for a rule that got none: what it does, without the words for clients. */
export function titleFrom(effect: string | undefined): string {
  const words = (effect ?? unnamed).replace(/ \(“.*”\)/s, '').replace(/[.:]$/, '')
  if (words.length <= 80) return words
  return `${words.slice(0, 79).replace(/,?\s+\S*$/, '')}…`
}
