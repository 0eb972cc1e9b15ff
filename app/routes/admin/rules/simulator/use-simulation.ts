import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { type Outputs, useTRPC } from '../../../../api.ts'
import { failureOf } from '../../../../failure.ts'

export type Chunk = Outputs['policies']['simulate']
export type ChangedAttempt = Chunk['changed'][number]

/** The answers of all chunks so far, added up. */
export interface Simulation {
  judged: number
  total: number
  counts: Chunk['counts']
  changed: ChangedAttempt[]
  decidedOtherwise: number
  money: Chunk['money']
  isDone: boolean
  /** How far it looks back. */
  days: number
  /** The rules it compares: those that hold and the draft. */
  basis: string
}

/**
 * Replays the attempts of the last days a chunk at a time, so that the page shows how far it is. A run that is stopped,
 * or begun anew, adds nothing more; one whose rules were changed meanwhile says so.
 */
export function useSimulation() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [simulation, setSimulation] = useState<Simulation | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isRunning, setRunning] = useState(false)
  const run = useRef(0)

  async function start(days: number) {
    const own = ++run.current
    setSimulation(null)
    setProblem(null)
    setRunning(true)
    let sum: Simulation | null = null
    let basis: string | null = null
    let cursor: string | null = null
    try {
      do {
        const chunk: Chunk = await queryClient.fetchQuery({
          ...trpc.policies.simulate.queryOptions({ days, cursor }),
          staleTime: 0,
          gcTime: 0,
        })
        if (own !== run.current) return
        if (basis !== null && basis !== chunk.basis)
          return setProblem('The rules were changed meanwhile. Run it again.')
        basis = chunk.basis
        sum = add(sum, chunk, days)
        setSimulation(sum)
        cursor = chunk.nextCursor
      } while (cursor !== null)
    } catch (error) {
      if (own === run.current) setProblem(failureOf(error).message)
    } finally {
      if (own === run.current) setRunning(false)
    }
  }

  function stop() {
    run.current++
    setRunning(false)
  }

  return { simulation, problem, isRunning, start, stop }
}

function add(sum: Simulation | null, chunk: Chunk, days: number): Simulation {
  const { judged, total, counts, changed, decidedOtherwise, money, basis, nextCursor } = chunk
  const isDone = nextCursor === null
  if (sum === null) return { judged, total, counts, changed, decidedOtherwise, money, isDone, days, basis }
  return {
    ...sum,
    judged: sum.judged + judged,
    total,
    counts: {
      firm: addCounts(sum.counts.firm, counts.firm),
      request: addCounts(sum.counts.request, counts.request),
      refuse: addCounts(sum.counts.refuse, counts.refuse),
    },
    changed: [...sum.changed, ...changed],
    decidedOtherwise: sum.decidedOtherwise + decidedOtherwise,
    money: addMoney(sum.money, money),
    isDone,
  }
}

function addCounts(a: Chunk['counts']['firm'], b: Chunk['counts']['firm']) {
  return { firm: a.firm + b.firm, request: a.request + b.request, refuse: a.refuse + b.refuse }
}

function addMoney(a: Chunk['money'], b: Chunk['money']): Chunk['money'] {
  const sums = new Map(a.map(each => [each.currency, each]))
  for (const more of b) {
    const sum = sums.get(more.currency)
    sums.set(
      more.currency,
      sum
        ? {
            currency: more.currency,
            lostMinor: sum.lostMinor + more.lostMinor,
            gainedMinor: sum.gainedMinor + more.gainedMinor,
            waitingMinor: sum.waitingMinor + more.waitingMinor,
          }
        : more,
    )
  }
  return [...sums.values()]
}
