import { CircleX, TriangleAlert } from 'lucide-react'
import type { Finding } from '../policy.ts'

interface FindingsProps {
  /** What keeps the rules from being published. */
  problems: readonly Finding[]
  /** What is hardly meant. */
  warnings: readonly Finding[]
}

/** What is wrong with rules, and what is odd about them. */
export function Findings({ problems, warnings }: FindingsProps) {
  if (problems.length + warnings.length === 0) return null
  return (
    <ul className="mt-2 flex flex-col gap-2 text-sm">
      {problems.map(({ message }) => (
        <li key={message} className="flex gap-2 rounded-control bg-bad-soft px-3 py-2 text-bad">
          <CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {message}
        </li>
      ))}
      {warnings.map(({ message }) => (
        <li key={message} className="flex gap-2 rounded-control bg-wait-soft px-3 py-2 text-wait">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {message}
        </li>
      ))}
    </ul>
  )
}
