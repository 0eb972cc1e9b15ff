/** A grey shape where something is about to appear; give it the size of what comes. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <span aria-hidden="true" className={`block animate-pulse rounded-md bg-ink/8 ${className}`} />
}
