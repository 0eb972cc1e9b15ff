import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import { Panel } from '../../../../components/Panel.tsx'
import type { Template } from '../policy.ts'

interface TemplatesProps {
  templates: readonly Template[]
  /** Whether there is no rule yet, so that these are the way to begin. */
  isFirst: boolean
}

/** Rules that many have, to start from: opened in the form, to be fitted and kept. */
export function Templates({ templates, isFirst }: TemplatesProps) {
  return (
    <Panel
      title={isFirst ? 'Or start from one of these' : 'Start from one of these'}
      hint="Opens the rule for you to fit. Nothing counts until you publish."
      className="mt-8"
    >
      <ul className="grid gap-2 sm:grid-cols-2">
        {templates.map(({ id, sentence, rule }) => (
          <li key={id}>
            <Link
              to={`/admin/rules/own/new?template=${id}`}
              className="flex h-full min-h-11 items-center gap-3 rounded-control border border-line bg-surface px-4 py-3 hover:border-line-strong"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{rule.title}</span>
                <span className="block text-sm text-muted">{sentence}</span>
              </span>
              <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
