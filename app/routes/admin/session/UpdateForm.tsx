import { useQuery } from '@tanstack/react-query'
import { Megaphone } from 'lucide-react'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Panel } from '../../../components/Panel.tsx'
import { TextField } from '../../../components/TextField.tsx'
import { toast } from '../../../components/toasts.tsx'
import { confirmedOf, count, type Session } from './session.ts'
import { usePost } from './use-post.ts'

/** A message to all participants, by mail and on their page; asks before it goes out (294). */
export function UpdateForm({ session }: { session: Session }) {
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const [isAsking, setAsking] = useState(false)
  const participants = useQuery(trpc.sessions.participants.queryOptions({ id: session.id })).data
  const told = participants && confirmedOf(participants).length
  const { post, isPosting } = usePost(session.id)

  return (
    <Panel
      title="Write to all"
      hint="Every confirmed participant gets it by e-mail, once, and sees it on their page."
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Your message"
          isRequired
          rows={5}
          maxLength={4000}
          value={text}
          onChange={setText}
        />
        <div>
          <Button
            variant="primary"
            isDisabled={text.trim() === '' || told === 0 || session.state === 'CANCELLED'}
            onPress={() => setAsking(true)}
          >
            <Megaphone aria-hidden="true" />
            {told === undefined ? 'Send to all' : `Send to ${count(told, 'participant')}`}
          </Button>
        </div>
        {told === 0 && <p className="text-sm text-muted">Nobody has a confirmed seat yet.</p>}
      </div>
      <Dialog
        role="alertdialog"
        title={`Send to ${count(told ?? 0, 'participant')}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>Not yet</Button>
            <Button
              variant="primary"
              isPending={isPosting}
              onPress={async () => {
                const sent = await post(text.trim(), true)
                setAsking(false)
                if (!sent) return
                setText('')
                toast({ text: `Sent to ${count(told ?? 0, 'participant')}.` })
              }}
            >
              Send
            </Button>
          </>
        }
      >
        <p className="whitespace-pre-line">{text.trim()}</p>
        <p className="mt-3 text-muted">A mail can’t be taken back.</p>
      </Dialog>
    </Panel>
  )
}
