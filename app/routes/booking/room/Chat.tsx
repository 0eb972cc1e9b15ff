import { useEffect, useRef } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { Message, UnsentMessage } from './Message.tsx'
import { ShownAs } from './ShownAs.tsx'
import { useChat } from './use-chat.ts'
import type { Room } from './use-room.ts'
import { Writing } from './Writing.tsx'

/** The conversation of those who take part, live (291). */
export default function Chat({ room, token }: { room: Room; token: string }) {
  const chat = useChat(room, token)
  const { posts, unsent, showEarlier } = chat
  const log = useRef<HTMLDivElement>(null)
  const last = unsent.at(-1)?.key ?? posts.at(-1)?.id

  // Like any conversation: the newest stays in view, unless somebody reads further up.
  useEffect(() => {
    const box = log.current
    if (!box || !last) return
    const isReadingAbove = box.scrollHeight - box.scrollTop - box.clientHeight > 160
    if (!isReadingAbove || unsent.length > 0) box.scrollTop = box.scrollHeight
  }, [last, unsent.length])
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight
  }, [])

  return (
    <Panel title="Chat" hint="Everybody who takes part can read it.">
      {posts.length + unsent.length > 0 && (
        <div
          ref={log}
          role="log"
          aria-label="Messages"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="-mx-2 mb-4 flex max-h-[26rem] flex-col gap-3 overflow-y-auto rounded-control px-2 py-1"
        >
          {showEarlier && (
            <Button
              size="small"
              variant="quiet"
              isPending={chat.isLooking}
              onPress={showEarlier}
              className="self-center"
            >
              Show earlier messages
            </Button>
          )}
          <ol className="flex flex-col gap-3">
            {posts.map(post => (
              <Message key={post.id} post={post} onRemove={() => chat.remove(post.id)} />
            ))}
            {unsent.map(message => (
              <UnsentMessage
                key={message.key}
                message={message}
                onAgain={() => chat.sendAgain(message)}
                onDiscard={() => chat.discard(message.key)}
              />
            ))}
          </ol>
        </div>
      )}
      {chat.removeProblem && (
        <Banner tone="bad" role="alert" className="mb-4">
          {chat.removeProblem}
        </Banner>
      )}
      {room.canPost ? (
        <>
          <Writing onSend={chat.send} isFirst={posts.length + unsent.length === 0} />
          {!room.participants && <ShownAs room={room} token={token} />}
        </>
      ) : (
        <p className="text-sm text-muted">This chat has ended.</p>
      )}
    </Panel>
  )
}
