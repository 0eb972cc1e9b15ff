import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

/** Says that the browser has no connection, for as long as it has none. */
export function OfflineNotice() {
  const online = useSyncExternalStore(
    watchConnection,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status" className="sticky top-0 z-40">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-ink px-4 py-2 text-sm font-medium text-white">
          <WifiOff aria-hidden="true" className="size-4" />
          You’re offline. What you see may be out of date.
        </p>
      )}
    </div>
  )
}

function watchConnection(changed: () => void) {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
