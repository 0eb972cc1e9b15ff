import { CalendarOff, Lock } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Skeleton } from '../../components/Skeleton.tsx'

/** Most visitors never see it, and it weighs as much as a form. */
const Connect = lazy(() => import('./Connect.tsx'))

interface TimesHiddenProps {
  code: string
  message: string
  coaches: readonly { id: string; name: string }[]
}

/** In place of times that this visitor may not see: why, and what to do (014, 015). */
export function TimesHidden({ code, message, coaches }: TimesHiddenProps) {
  const [isAlive, setAlive] = useState(false)
  const waiting = <Skeleton className="h-14 w-full rounded-control" />

  // Later than the first paint: the picker around it changes while the page comes alive, and what still loads
  // its code then must not be part of that.
  useEffect(() => setAlive(true), [])

  if (code === 'CALENDAR_PRIVATE') {
    return (
      <EmptyState icon={Lock} title="Times are shared by invitation">
        {message}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={CalendarOff} title="Connect to see times">
      <p>{message}</p>
      <div className="mx-auto mt-6 max-w-sm text-left">
        {isAlive ? (
          <Suspense fallback={waiting}>
            <Connect coaches={coaches} />
          </Suspense>
        ) : (
          waiting
        )}
      </div>
    </EmptyState>
  )
}
