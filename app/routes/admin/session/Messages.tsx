import { Chat } from './Chat.tsx'
import type { Session } from './session.ts'
import { UpdateForm } from './UpdateForm.tsx'

/** What goes to everybody, and what participants say to each other. */
export function Messages({ session }: { session: Session }) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
      <UpdateForm session={session} />
      <Chat session={session} />
    </div>
  )
}
