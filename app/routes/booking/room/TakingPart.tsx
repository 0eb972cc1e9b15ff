import { lazy, Suspense } from 'react'
import { Banner } from '../../../components/Banner.tsx'
import { Button } from '../../../components/Button.tsx'
import { Skeleton } from '../../../components/Skeleton.tsx'
import { failureOf } from '../../../failure.ts'
import type { BookingView } from '../route.tsx'
import { Certificates } from './Certificates.tsx'
import { CheckInCode } from './CheckInCode.tsx'
import { Materials } from './Materials.tsx'
import { Shared } from './Shared.tsx'
import { Updates } from './Updates.tsx'
import { useMaterials } from './use-materials.ts'
import { useRoom } from './use-room.ts'

const Chat = lazy(() => import('./Chat.tsx'))
const Participants = lazy(() => import('./Participants.tsx'))

interface TakingPartProps {
  booking: BookingView
  token: string
}

/** All that there is for those who take part in a session; each section only where there is something in it. */
export default function TakingPart({ booking, token }: TakingPartProps) {
  const { session, mode, seats } = booking
  const room = useRoom(token, session.id)
  const materials = useMaterials(token, session.id)
  const isThere = session.format === 'in_person' || mode === 'in_person'

  if (room.isError && !room.data) {
    return (
      <Banner
        tone="bad"
        role="alert"
        title="What belongs to this session didn’t load"
        actions={
          <Button size="small" onPress={() => room.refetch()}>
            Try again
          </Button>
        }
      >
        {failureOf(room.error).message}
      </Banner>
    )
  }
  if (!room.data) return <Skeleton className="h-24 w-full rounded-card" />
  const waiting = <Skeleton className="h-40 w-full rounded-card" />
  return (
    <>
      <Certificates seats={room.data.seats} />
      {isThere && session.joinOpensAt !== null && (
        <CheckInCode seats={room.data.seats.slice(0, seats)} dates={session.dates.length} />
      )}
      <Updates posts={room.data.posts} />
      <Materials materials={materials.materials} token={token} />
      {session.sharedResources && <Shared shared={materials} token={token} />}
      {room.data.participants && (
        <Suspense fallback={waiting}>
          <Participants room={room.data} token={token} />
        </Suspense>
      )}
      {session.chat && (
        <Suspense fallback={waiting}>
          <Chat room={room.data} token={token} />
        </Suspense>
      )}
    </>
  )
}
