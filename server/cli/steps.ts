/** Tells how far a step has come, as in "4,000 of 12,000 bookings". */
export type Say = (progress: string) => void

const TOLD_EVERY = 5_000
const REDRAWN_EVERY = 200

/**
 * Runs `work` and shows it as one line with the seconds it takes: redrawn in place in a terminal; elsewhere a
 * plain line when it begins to take long, one every five seconds of progress, and one when it is done.
 */
export async function step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T> {
  const terminal = process.stdout.isTTY
  const startedAt = performance.now()
  let progress = ''
  let toldAt = startedAt
  const line = () => `  ${title}${progress && `: ${progress}`} … ${seconds(performance.now() - startedAt)}`
  const redraw = () => process.stdout.write(`\r\x1b[2K${line()}`)

  const timer = setInterval(() => {
    if (terminal) redraw()
    else if (performance.now() - toldAt > TOLD_EVERY) {
      console.log(line())
      toldAt = performance.now()
    }
  }, REDRAWN_EVERY)
  try {
    const result = await work(now => {
      progress = now
    })
    if (terminal) process.stdout.write('\r\x1b[2K')
    console.log(`✓ ${title} ${seconds(performance.now() - startedAt)}`)
    return result
  } catch (error) {
    if (terminal) process.stdout.write('\r\x1b[2K')
    throw error
  } finally {
    clearInterval(timer)
  }
}

function seconds(milliseconds: number): string {
  return milliseconds < 60_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`
}
