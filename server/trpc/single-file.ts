const lines = new Map<string, Promise<unknown>>()

/**
 * Lets those who want the same thing pass one at a time, in this process: a hundred who want one slot then hold one
 * connection and not all of them. `work` is told whether it had to wait. The database decides all the same.
 */
export function inSingleFile<T>(key: string, work: (hasWaited: boolean) => Promise<T>): Promise<T> {
  const before = lines.get(key)
  const result = before ? before.then(() => work(true)) : work(false)
  const done = result.then(
    () => {},
    () => {},
  )
  lines.set(key, done)
  done.then(() => {
    if (lines.get(key) === done) lines.delete(key)
  })
  return result
}
