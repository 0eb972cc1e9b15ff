import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Api } from './api.ts'
import { expectData } from './builders.ts'

/** Pages of the demo business that show what sessions are like for those who take part and lead, as paths. */
export interface DemoSessions {
  /** A session that can be booked, as its clients see it. */
  session: string
  /** A booked seat of it, with a conversation and something to read. */
  seat: string
  /** The same session on the desk. */
  desk: string
  /** A workshop's form. */
  workshop: string
  /** What is seen after scanning a code, of a session that was held. */
  checkIn: string
  /** That session on the desk. */
  held: string
  /** A certificate of it, for whoever is shown one. */
  certificate: string
}

const SECOND = 1_000
const client = { name: 'Ana Lindqvist', email: 'ana@example.com' }

/** Books a seat of the demo's circle, and holds a workshop of a second for the certificate that it earns. */
export async function makeDemoSessions(owner: Api, visitor: Api): Promise<DemoSessions> {
  const circle = await joinCircle(owner, visitor)
  const held = await holdWorkshop(owner, visitor)
  const { offers } = expectData(await owner.query('offers.manage.list'))
  const { id } = offers.find(({ slug }: { slug: string }) => slug === 'career-day')
  return { ...circle, ...held, workshop: `/admin/offers/${id}` }
}

async function joinCircle(owner: Api, visitor: Api) {
  const offer = 'tuesday-circle'
  const { sessions } = expectData(await visitor.query('sessions.list', { offer }))
  const { id: sessionId } = sessions.find(({ canBook }: { canBook: boolean }) => canBook)
  const { handle, path } = await bookSeat(visitor, sessionId)
  const reading = { url: 'https://example.com/questions', title: 'Questions to bring along', phase: 'before' }
  expectData(
    await owner.mutate('materials.add', { sessionId, ...reading, releaseAt: new Date().toISOString() }),
  )
  expectData(
    await visitor.mutate('posts.create', { handle, text: 'Is it alright to come ten minutes late?' }),
  )
  expectData(await owner.mutate('posts.create', { sessionId, text: 'Of course, just knock.' }))
  return { session: `/${offer}/${sessionId}`, seat: path, desk: `/admin/sessions/${sessionId}` }
}

async function holdWorkshop(owner: Api, visitor: Api) {
  const { sessionId, endsAt } = await openWorkshop(owner)
  const { id: bookingId, handle } = await bookSeat(visitor, sessionId)
  expectData(await owner.mutate('checkIns.set', { bookingId, seat: 1, position: 0, present: true }))
  const { seats } = expectData(await visitor.query('sessions.room', { handle }))
  await sleep(endsAt.getTime() - Date.now() + SECOND)
  expectData(await owner.mutate('certificates.issue', { sessionId }))
  const [{ certificates }] = expectData(await owner.query('sessions.participants', { id: sessionId }))
  return {
    checkIn: new URL(seats[0].checkInUrl).pathname,
    held: `/admin/sessions/${sessionId}`,
    certificate: `/certificates/${certificates[0].code}`,
  }
}

/** A workshop that begins in a moment and lasts a second, by the first coach who is free just then; in no list. */
async function openWorkshop(owner: Api): Promise<{ sessionId: string; endsAt: Date }> {
  const coaches = expectData(await owner.query('coaches.list'))
  const coachIds = coaches.map(({ id }: { id: string }) => id)
  const title = 'Finding focus'
  const offer = {
    title,
    kind: 'workshop',
    listing: 'unlisted',
    durationMinutes: 60,
    stepMinutes: 60,
    coachIds,
  }
  const terms = { certificate: { title, minutes: 90 } }
  const { id: offerId } = expectData(await owner.mutate('offers.manage.create', { ...offer, terms }))
  let refused: Answer | null = null
  for (const coachId of coachIds) {
    const startsAt = new Date(Date.now() + 6 * SECOND)
    const endsAt = new Date(startsAt.getTime() + SECOND)
    const made = await owner.mutate('sessions.manage.create', {
      ...{ offerId, listing: 'unlisted', coachIds: [coachId], idempotencyKey: crypto.randomUUID() },
      dates: [{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }],
    })
    if (!made.error) return { sessionId: made.data.id, endsAt }
    refused = made
  }
  return expectData(refused!)
}

async function bookSeat(visitor: Api, sessionId: string) {
  const input = { sessionId, client, idempotencyKey: crypto.randomUUID() }
  const { id, manageUrl } = expectData(await visitor.mutate('bookings.book', input))
  const path = new URL(manageUrl).pathname
  return { id, path, handle: { token: path.split('/b/')[1]! } }
}
