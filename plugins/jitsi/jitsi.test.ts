import { sampleMeeting, testContext, videoContract } from '@rapport/sdk/testing'
import { expect, test } from 'vitest'
import jitsi from './index.ts'

const open = (settings: Record<string, unknown> = {}) =>
  jitsi.provides!.video!(
    testContext({
      config: jitsi.config!.parse(settings),
      fetch: () => Promise.reject(new Error('no call goes out')),
    }),
  )
const call = { signal: AbortSignal.timeout(1_000) }

videoContract(() => ({ open: () => open() }))

test('the room’s name has 128 bits that can’t be guessed from the session, and stays when it moves', async () => {
  const meeting = sampleMeeting({ ref: 'a-ref-nobody-knows' })
  const room = await open().create(meeting, call)
  expect(room.joinUrl).toMatch(/^https:\/\/meet\.jit\.si\/[0-9a-f]{32}$/)
  expect(room.joinUrl).not.toContain(meeting.ref)
  const later = { ...meeting, title: 'Other', startsAt: new Date(0), endsAt: new Date(1) }
  expect(await open().move(room, later, call)).toEqual(room)
})

test('rooms can be on a server of one’s own', async () => {
  const { joinUrl } = await open({ domain: ' Meet.Aurora.example ' }).create(sampleMeeting(), call)
  expect(new URL(joinUrl).host).toBe('meet.aurora.example')
  expect(jitsi.operator!({ JITSI_DOMAIN: 'video.host.example' })!.config).toEqual({
    domain: 'video.host.example',
  })
})

test('what is no host name is refused', () => {
  for (const domain of [
    '',
    'localhost',
    'https://meet.jit.si',
    'meet.jit.si/path',
    'a b.example',
    'x@y.example',
  ])
    expect(jitsi.config!.safeParse({ domain }).success, domain).toBe(false)
})
