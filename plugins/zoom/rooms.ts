import type { Meeting, PluginContext, Room, VideoProvider } from '@rapport/sdk'
import { ZoomError, zoomApi } from './api.ts'

const SCHEDULED = 2
const NO_SUCH_MEETING = 3001
const MINUTE = 60_000
/** A meeting lasts a day at most; it can be entered again on the further dates of its session. */
const LONGEST = 24 * 60
const LONGEST_TOPIC = 200
/** Pages of an account's meetings that are looked through for one of ours: 300 each. */
const MOST_PAGES = 20

/**
 * Meetings of one Zoom user. Zoom knows no idempotency key: that a meeting is about to be made is noted first, and
 * whoever finds such a note looks for a meeting with our ref in its agenda before making another.
 */
export function zoomRooms(context: PluginContext): VideoProvider {
  const user = `/users/${encodeURIComponent(String(context.config.host))}`
  const { store } = context
  const call = (signal: AbortSignal, ...request: Request) => zoomApi(context, signal, ...request)

  return {
    async create(meeting, { signal }) {
      const made = await this.find!(meeting, { signal })
      if (made) return made
      await store.set(keyOf(meeting), 'tried')
      return roomOf(await call(signal, 'POST', `${user}/meetings`, detailsOf(meeting)))
    },

    async find(meeting, { signal }) {
      const wasTried = (await store.get(keyOf(meeting))) !== null
      return wasTried ? lookFor(meeting.ref, signal) : null
    },

    async move(room, meeting, { signal }) {
      try {
        await call(signal, 'PATCH', meetingPath(room.ref), detailsOf(meeting))
        return room
      } catch (error) {
        if (isGone(error)) return this.create(meeting, { signal })
        throw error
      }
    },

    async remove(room, { signal }) {
      try {
        await call(signal, 'DELETE', `${meetingPath(room.ref)}?schedule_for_reminder=false`)
      } catch (error) {
        if (!isGone(error)) throw error
      }
    },
  }

  async function lookFor(ref: string, signal: AbortSignal): Promise<Room | null> {
    let next = ''
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({
        type: 'scheduled',
        page_size: '300',
        ...(next && { next_page_token: next }),
      })
      const { meetings = [], next_page_token: token } = await call(signal, 'GET', `${user}/meetings?${query}`)
      const found = meetings.find(({ agenda }: { agenda?: string }) => agenda?.includes(agendaOf(ref)))
      // The list has no address for the host.
      if (found) return roomOf(await call(signal, 'GET', meetingPath(String(found.id))))
      if (!token) return null
      next = token
    }
    return null
  }
}

type Request = [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object]

function keyOf({ ref }: Meeting): string {
  return `meeting:${ref}`
}

function meetingPath(ref: string): string {
  return `/meetings/${encodeURIComponent(ref)}`
}

function detailsOf({ ref, title, startsAt, endsAt, timeZone }: Meeting) {
  return {
    topic: Array.from(title).slice(0, LONGEST_TOPIC).join(''),
    type: SCHEDULED,
    start_time: `${startsAt.toISOString().slice(0, 19)}Z`,
    duration: Math.min(LONGEST, Math.ceil((endsAt.getTime() - startsAt.getTime()) / MINUTE)),
    timezone: timeZone,
    agenda: agendaOf(ref),
    settings: { join_before_host: false, waiting_room: true },
  }
}

function agendaOf(ref: string): string {
  return `Rapport ${ref}`
}

function roomOf({ id, join_url: joinUrl, start_url: startUrl }: Record<string, unknown>): Room {
  if (id === undefined || !isHttps(joinUrl)) throw new Error('Zoom: the meeting came without an address')
  return { ref: String(id), joinUrl, ...(isHttps(startUrl) && { hostUrl: withoutPass(startUrl) }) }
}

/**
 * Where the host starts it, signed in to Zoom. The pass that Zoom adds lets in whoever has it, and ends two hours
 * after the meeting was made, mostly long before it starts.
 */
function withoutPass(startUrl: string): string {
  const { origin, pathname } = new URL(startUrl)
  return `${origin}${pathname}`
}

function isHttps(url: unknown): url is string {
  return typeof url === 'string' && URL.parse(url)?.protocol === 'https:'
}

function isGone(error: unknown): boolean {
  return error instanceof ZoomError && (error.code === NO_SUCH_MEETING || error.status === 404)
}
