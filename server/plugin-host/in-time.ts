/** Thrown where a plugin took longer than it was given. */
export class TookTooLong extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds / 1000} seconds`)
  }
}

/**
 * What `work` comes to, within a time: then its signal is aborted, and whatever it does about that, the caller goes on.
 * Throws what it throws, also what it throws at once.
 */
export async function inTime<T>(
  work: (signal: AbortSignal) => T | Promise<T>,
  milliseconds: number,
  outer?: AbortSignal,
): Promise<T> {
  const own = new AbortController()
  const signal = outer ? AbortSignal.any([outer, own.signal]) : own.signal
  const isOver = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const worked = (async () => work(signal))()
  // What comes after the other has won is nobody's any more.
  for (const promise of [isOver, worked] as Promise<unknown>[]) promise.catch(() => {})
  const timer = setTimeout(() => own.abort(new TookTooLong(milliseconds)), milliseconds)
  try {
    return await Promise.race([worked, isOver])
  } finally {
    clearTimeout(timer)
  }
}
