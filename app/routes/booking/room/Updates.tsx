import { Megaphone } from 'lucide-react'
import { Panel } from '../../../components/Panel.tsx'
import { Time } from '../../../components/Time.tsx'
import { PostText } from './PostText.tsx'
import type { Post } from './use-room.ts'

/** What the coach wrote to everybody (294), newest first. */
export function Updates({ posts }: { posts: readonly Post[] }) {
  const updates = posts.filter(({ isUpdate, text }) => isUpdate && text !== null)
  if (updates.length === 0) return null
  return (
    <Panel title={updates.length === 1 ? 'An update' : 'Updates'}>
      <ul className="flex flex-col gap-4">
        {updates.map(({ id, author, text, at }) => (
          <li key={id} className="flex gap-3">
            <Megaphone aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-ink" />
            <div className="min-w-0">
              <PostText text={text ?? ''} />
              <p className="mt-0.5 text-sm text-muted">
                {author.name}, <Time at={at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
