import { CircleX, TriangleAlert } from 'lucide-react'
import type { Finding } from '../policy.ts'

interface FindingsProps {
  /** What keeps the rules from being published. */
  problems: readonly Finding[]
  /** What is hardly meant. */
  warnings: readonly Finding[]
  /** What the rules are called, where it isn't plain which one is meant. */
  titles?: ReadonlyMap<string, string>
}

/** What is wrong with rules, and what is odd about them. */
export function Findings({ problems, warnings, titles }: FindingsProps) {
  if (problems.length + warnings.length === 0) return null
  const say = ({ ruleId, message }: Finding) => {
    const title = titles?.get(ruleId ?? '')
    return title ? `“${title}”: ${message}` : message
  }
  return (
    <ul className="mt-2 flex flex-col gap-2 text-sm">
      {problems.map(finding => (
        <li key={say(finding)} className="flex gap-2 rounded-control bg-bad-soft px-3 py-2 text-bad">
          <CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {say(finding)}
        </li>
      ))}
      {warnings.map(finding => (
        <li key={say(finding)} className="flex gap-2 rounded-control bg-wait-soft px-3 py-2 text-wait">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {say(finding)}
        </li>
      ))}
    </ul>
  )
}
