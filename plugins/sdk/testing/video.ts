import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Hopeless } from '../errors.ts'
import type { Meeting, VideoProvider } from '../video.ts'
import { failure, type Mood, soon } from './moods.ts'

/** A room as the service that keeps it sees it. */
export interface KeptRoom {
  ref: string
  title: string
  startsAt: Date
  /** Minutes. */
  duration: number
}

export interface VideoSubject {
  /** A provider as a further process of the same installation would open it. */
  open(): VideoProvider
  stop?(): Promise<void>
}

/** A provider whose rooms are kept by a service. */
export interface VideoServiceSubject extends VideoSubject {
  /** Rooms that exist with the service. */
  rooms(): Promise<KeptRoom[]> | KeptRoom[]
  /** How the service answers from now on: `loses the answer` does what it is asked and then cuts the line. */
  behave(mood: Mood | 'loses the answer' | 'knows no such account'): Promise<void> | void
  /** Removes a room behind the provider's back. */
  lose(ref: string): Promise<void> | void
}

type Start<Subject> = () => Promise<Subject> | Subject

let count = 0
/** A meeting of its own. */
export function sampleMeeting(change: Partial<Meeting> = {}): Meeting {
  count++
  return {
    ref: `0d5c9e7a41f2b6883f10${String(count).padStart(4, '0')}`,
    title: 'Leadership circle – Grüße',
    startsAt: new Date('2027-03-01T09:00:00Z'),
    endsAt: new Date('2027-03-01T10:30:00Z'),
    timeZone: 'Europe/Berlin',
    ...change,
  }
}

/**
 * What every provider of video rooms must do; with `service`, also what is kept there, and how it copes when that is
 * broken, busy, hangs or loses an answer. Call it in the plugin's own test.
 */
export function videoContract(start: Start<VideoServiceSubject>, traits: { service: true }): void
export function videoContract(start: Start<VideoSubject>): void
export function videoContract(
  start: Start<VideoSubject & Partial<VideoServiceSubject>>,
  { service = false } = {},
): void {
  describe('as every provider of video rooms', () => {
    let subject: VideoSubject & Partial<VideoServiceSubject>
    let video: VideoProvider
    const call = (ms = 10_000) => ({ signal: AbortSignal.timeout(ms) })
    const rooms = () => subject.rooms!()
    const kept = async (ref: string) => (await rooms()).filter(room => room.ref === ref)
    const behave = (mood: Parameters<VideoServiceSubject['behave']>[0]) => subject.behave!(mood)

    beforeAll(async () => {
      subject = await start()
      video = subject.open()
    })
    beforeEach(() => subject.behave?.('well'))
    afterAll(() => subject.stop?.())

    test('a room has addresses by https that differ from those of any other', async () => {
      const [one, two] = [
        await video.create(sampleMeeting(), call()),
        await video.create(sampleMeeting(), call()),
      ]
      for (const { joinUrl, hostUrl } of [one, two]) {
        expect(new URL(joinUrl).protocol).toBe('https:')
        if (hostUrl) expect(new URL(hostUrl).protocol).toBe('https:')
      }
      expect(one.joinUrl).not.toBe(two.joinUrl)
      expect(one.ref).not.toBe(two.ref)
    })

    test('made twice, also by another process, it is one room', async () => {
      const meeting = sampleMeeting()
      const before = service ? (await rooms()).length : 0
      const room = await video.create(meeting, call())
      const again = await subject.open().create(meeting, call())
      expect(again).toMatchObject({ ref: room.ref, joinUrl: room.joinUrl })
      if (service) expect(await rooms()).toHaveLength(before + 1)
    })

    test('it moves with its session and stays one', async () => {
      const meeting = sampleMeeting()
      const room = await video.create(meeting, call())
      const later = {
        ...meeting,
        title: 'Another title',
        startsAt: new Date('2027-03-28T08:00:00Z'),
        endsAt: new Date('2027-03-28T08:45:00Z'),
      }
      const moved = await video.move(room, later, call())
      expect(await video.move(moved, later, call())).toEqual(moved)
      expect(new URL(moved.joinUrl).protocol).toBe('https:')
      if (service) {
        expect(await kept(moved.ref)).toEqual([
          { ref: moved.ref, title: 'Another title', startsAt: later.startsAt, duration: 45 },
        ])
        if (moved.ref !== room.ref) expect(await kept(room.ref)).toEqual([])
      }
    })

    test('removed, it is gone; removed again, that is fine', async () => {
      const room = await video.create(sampleMeeting(), call())
      await video.remove(room, call())
      await video.remove(room, call())
      if (service) expect(await kept(room.ref)).toEqual([])
    })

    test('what a service keeps can be found again', () => {
      expect(typeof video.find).toBe(service ? 'function' : 'undefined')
    })

    if (!service) return

    test('made again after an answer that was lost, it is one room', async () => {
      const meeting = sampleMeeting()
      const before = (await rooms()).length
      await behave('loses the answer')
      await failure(video.create(meeting, call()))
      await failure(video.create(meeting, call()))
      await behave('well')
      const room = await subject.open().create(meeting, call())
      expect(await rooms()).toHaveLength(before + 1)
      expect(await kept(room.ref)).toHaveLength(1)
    })

    test('moved after it was lost, it is made anew', async () => {
      const meeting = sampleMeeting()
      const room = await video.create(meeting, call())
      await subject.lose!(room.ref)
      const anew = await video.move(room, meeting, call())
      expect(await kept(anew.ref)).toHaveLength(1)
    })

    test('what is broken or busy may be tried again, wrong settings may not', async () => {
      for (const mood of ['broken', 'busy', 'gone'] as const) {
        await behave(mood)
        expect(await failure(video.create(sampleMeeting(), call())), mood).not.toBeInstanceOf(Hopeless)
      }
      await behave('knows no such account')
      expect(await failure(video.create(sampleMeeting(), call()))).toBeInstanceOf(Hopeless)
    })

    test('what hangs ends when its time is up', async () => {
      const meeting = sampleMeeting()
      const room = await video.create(meeting, call())
      await behave('hangs')
      const works = [
        video.create(sampleMeeting(), call(200)),
        video.move(room, meeting, call(200)),
        video.remove(room, call(200)),
      ]
      for (const work of works) expect(await soon(failure(work))).not.toBeInstanceOf(Hopeless)
    })

    test('one whose answer was lost can be found and removed', async () => {
      const meeting = sampleMeeting()
      expect(await video.find!(meeting, call())).toBeNull()
      const before = (await rooms()).length
      await behave('loses the answer')
      await failure(video.create(meeting, call()))
      await failure(video.create(meeting, call()))
      await behave('well')
      const room = await video.find!(meeting, call())
      if (room) await video.remove(room, call())
      expect(await rooms()).toHaveLength(before)
      expect(await video.find!(meeting, call())).toBeNull()
    })
  })
}
