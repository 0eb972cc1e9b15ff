import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../../api.ts'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Time } from '../../../components/Time.tsx'
import { useNow } from '../../../components/use-now.ts'
import { count, type Session } from './session.ts'
import { useSessionChange } from './use-session-change.ts'

/** Whether enough take part, what happens if not, and the coach's word on it (314). */
export function Decision({ session }: { session: Session }) {
  const { id, state, minimum, terms, timeZone } = session
  const trpc = useTRPC()
  const { changed, refused } = useSessionChange()
  const now = useNow()
  const [asking, setAsking] = useState<'go' | 'cancel' | null>(null)
  const decide = useMutation(
    trpc.sessions.manage.decide.mutationOptions({
      onSuccess: (_, { go }) =>
        changed(go ? 'It will be held. Everybody who booked is told.' : 'Cancelled. Everybody is told.'),
      onError: refused,
      onSettled: () => setAsking(null),
    }),
  )
  if (!minimum || minimum.decided || !minimum.decideBy || state === 'CANCELLED') return null

  const { booked } = session.capacity
  const isMet = booked >= minimum.seats
  const isDue = now !== null && Date.parse(minimum.decideBy) <= now
  const rule = terms.minimum?.otherwise
  return (
    <Banner
      tone={isMet ? 'good' : 'wait'}
      title={`${booked} of ${minimum.seats} needed`}
      actions={
        <>
          <Button size="small" variant="primary" onPress={() => setAsking('go')}>
            Hold it
          </Button>
          <Button size="small" onPress={() => setAsking('cancel')}>
            Cancel it
          </Button>
        </>
      }
    >
      <p>
        {isDue ? (
          'The deadline is over.'
        ) : (
          <>
            {isMet ? 'Enough have booked. It becomes certain on ' : 'It is decided on '}
            <Time at={minimum.decideBy} zone={timeZone} />.
          </>
        )}
        {!isMet &&
          rule === 'cancel' &&
          ' If it is still too few then, it is cancelled and everybody is told.'}
        {!isMet &&
          rule === 'extend' &&
          (state === 'EXTENDED'
            ? ' It was put off once; if it is still too few then, it is cancelled.'
            : ` If it is still too few then, it is put off by ${count(terms.minimum?.extendsDays ?? 7, 'day')}, once.`)}
        {!isMet && rule === 'ask' && !isDue && ' If it is still too few then, you are asked.'}
        {!isMet && minimum.lapsesAt && (
          <>
            {' It is cancelled by itself on '}
            <Time at={minimum.lapsesAt} zone={timeZone} /> unless you decide.
          </>
        )}
        {!isDue && ' You may also decide now.'}
      </p>
      <Dialog
        role="alertdialog"
        title={asking === 'go' ? 'Hold it for certain?' : 'Cancel it for good?'}
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        actions={
          <>
            <Button onPress={() => setAsking(null)}>Not yet</Button>
            <Button
              variant={asking === 'go' ? 'primary' : 'danger'}
              isPending={decide.isPending}
              onPress={() => decide.mutate({ id, go: asking === 'go' })}
            >
              {asking === 'go' ? 'Hold it' : 'Cancel the session'}
            </Button>
          </>
        }
      >
        {asking === 'go'
          ? `${count(booked, 'seat')} of ${minimum.seats} are taken. Everybody who booked is told that it will be held, whoever else comes.`
          : `${count(booked, 'seat')} of ${minimum.seats} are taken. Every booking is cancelled and everybody is told that too few had booked.`}
      </Dialog>
    </Banner>
  )
}
