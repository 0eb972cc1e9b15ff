import { createHash } from 'node:crypto'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import { localDays } from '#server/domain/slots/local-days.ts'
import { calendarWith, clientZone, drawBusy, request } from './workload.ts'

/** Run by its own process under another TZ; prints what each case of the workload comes to. */
export function workloadAnswers() {
  return [calendarWith([]), calendarWith(drawBusy(200, 42))].map(calendar => {
    const starts = findStarts(calendar, request)
    const text = starts.map(start => new Date(start).toISOString()).join('\n')
    const days = Object.groupBy(starts, localDays(clientZone, 1).dayOf)
    return { slots: starts.length, sha256: createHash('sha256').update(text).digest('hex'), days }
  })
}

if (import.meta.main) console.log(JSON.stringify(workloadAnswers()))
