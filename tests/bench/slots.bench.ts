import { isDeepStrictEqual } from 'node:util'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import { isoText } from '#server/domain/slots/iso-text.ts'
import { localDays } from '#server/domain/slots/local-days.ts'
import type { CoachCalendar } from '#server/domain/slots/types.ts'
import { calendarWith, clientZone, drawBusy, request, window } from '../server/domain/slots/workload.ts'
import { naiveByClientDay, naiveStarts } from './slots-naive.ts'

const DAY = 86_400_000
const RUNS = 301

/**
 * The engine's time by that of a naive loop: four weeks of slots, free and with 200 claims, grouped by the
 * client's day as ISO texts. Every run of the engine gets a calendar it hasn't seen, so that indexing the
 * claims is part of it; `known` is a calendar asked before, as in the cache. The last ratio is the engine's
 * own time with 20,000 claims before and after the window by that without them.
 */
export default async function slotsBench(): Promise<{ name: string; ratios: Record<string, number> }> {
  const free = calendarWith([])
  const busy = calendarWith(drawBusy(200, 42))
  const elsewhere = calendarWith([
    ...drawBusy(200, 42),
    ...drawBusy(10_000, 1, window.from - 365 * DAY, window.from - DAY),
    ...drawBusy(10_000, 2, window.to + DAY, window.to + 365 * DAY),
  ])
  for (const calendar of [free, busy]) {
    if (!isDeepStrictEqual(answer(calendar), naiveAnswer(calendar))) throw new Error('The answers differ')
  }

  const times = medians({
    freeNaive: () => naiveAnswer(free),
    free: () => answer(unseen(free)),
    busyNaive: () => naiveAnswer(busy),
    busy: () => answer(unseen(busy)),
    busyKnown: () => answer(busy),
    elsewhereKnown: () => answer(elsewhere),
  })
  return {
    name: 'slots',
    ratios: {
      'a: engine ÷ naive loop': times.free / times.freeNaive,
      'b: engine ÷ naive loop': times.busy / times.busyNaive,
      'b, known: engine ÷ naive loop': times.busyKnown / times.busyNaive,
      'b, known: 20,000 claims elsewhere ÷ none': times.elsewhereKnown / times.busyKnown,
    },
  }
}

function answer(calendar: CoachCalendar): Map<string, string[]> {
  const { dayOf } = localDays(clientZone, 1)
  const days = new Map<string, string[]>()
  for (const start of findStarts(calendar, request)) {
    const name = dayOf(start)
    const day = days.get(name)
    const text = isoText(start)
    if (day) day.push(text)
    else days.set(name, [text])
  }
  return days
}

function naiveAnswer(calendar: CoachCalendar): Map<string, string[]> {
  return naiveByClientDay(naiveStarts(calendar, request), clientZone)
}

/** The same facts as new arrays, of which no index was made. */
function unseen(calendar: CoachCalendar): CoachCalendar {
  return { ...calendar, hours: [...calendar.hours], claims: [...calendar.claims] }
}

/** The median time of each, run in turns so that they share what else the machine does. */
function medians<Name extends string>(runs: Record<Name, () => unknown>): Record<Name, number> {
  const names = Object.keys(runs) as Name[]
  const times = new Map<Name, number[]>(names.map(name => [name, []]))
  for (let turn = 0; turn < RUNS; turn++) {
    for (const name of names) {
      const begun = performance.now()
      runs[name]()
      times.get(name)!.push(performance.now() - begun)
    }
  }
  const median = (all: number[]) => all.sort((one, other) => one - other)[RUNS >> 1]!
  return Object.fromEntries(names.map(name => [name, median(times.get(name)!)])) as Record<Name, number>
}
