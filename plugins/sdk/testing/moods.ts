/** How a service answers in a test: as it should, with 500, with 429, never, or not at all. */
export type Mood = 'well' | 'broken' | 'busy' | 'hangs' | 'gone'

/** What a promise fails with; throws where it doesn't. */
export async function failure(work: Promise<unknown>): Promise<Error> {
  const outcome = await work.then(
    value => ({ value }),
    (error: Error) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error(`expected a failure, but it went well: ${JSON.stringify(outcome.value)}`)
}

/** Throws where a promise isn't done within `ms`. */
export async function soon<T>(work: Promise<T>, ms = 2_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
