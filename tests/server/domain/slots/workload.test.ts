import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findStarts } from '#server/domain/slots/find-starts.ts'
import { workloadAnswers } from './print-workload.ts'
import { calendarWith, drawBusy, request, window } from './workload.ts'

const emptyHash = '16e956e1d19c5fc972e1ebac78e09934b30891b9af9c2cf2eec15c9cef597fb6'
const busyHash = '5233c3e6dc2b3ef62fa4535def7ac969f58be1096861cbc691ba78fc9c725794'

test('four weeks over both clock changes come to the known answers, empty and busy', () => {
  const [empty, busy] = workloadAnswers()
  expect(empty).toMatchObject({ slots: 580, sha256: emptyHash })
  expect(busy).toMatchObject({ slots: 334, sha256: busyHash })
})

test('busy time from an external calendar comes to the same as claims', () => {
  const busy = drawBusy(200, 42)
  const external = { ...calendarWith([]), externalBusy: busy }
  expect(findStarts(external, request)).toEqual(findStarts(calendarWith(busy), request))
})

test('busy time outside the window changes nothing', () => {
  const busy = drawBusy(200, 42)
  const year = 365 * 24 * 3600_000
  const before = drawBusy(2000, 7, window.from - year, window.from - 24 * 3600_000)
  const after = drawBusy(2000, 8, window.to + 24 * 3600_000, window.to + year)
  expect(findStarts(calendarWith([...after, ...busy, ...before]), request)).toEqual(
    findStarts(calendarWith(busy), request),
  )
})

test.each(['UTC', 'America/New_York', 'Asia/Kathmandu'])('a process in %s finds the same', zone => {
  const script = fileURLToPath(new URL('./print-workload.ts', import.meta.url))
  const printed = execFileSync(process.execPath, [script], { env: { ...process.env, TZ: zone } })
  const [empty, busy] = JSON.parse(printed.toString())
  expect(empty.sha256).toBe(emptyHash)
  expect(busy.sha256).toBe(busyHash)
  expect([empty, busy]).toEqual(workloadAnswers())
})
