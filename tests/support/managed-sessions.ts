import type { Answer, Api } from './api.ts'
import { type Business, expectData } from './builders.ts'

let keys = 0

/** An idempotency key nobody has used. */
export function newKey(): string {
  return `a-key-of-sessions-${++keys}-${process.pid}`
}

/** An offer of a kind with sessions of its own, made through the API. */
export async function makeSessionOffer(
  { owner, coachId }: Pick<Business, 'owner' | 'coachId'>,
  more: Record<string, unknown> = {},
): Promise<{ id: string; slug: string }> {
  return expectData(
    await owner.mutate('offers.manage.create', {
      title: 'Breathing together',
      kind: 'group',
      durationMinutes: 60,
      stepMinutes: 60,
      priceMinor: 2000,
      coachIds: [coachId],
      ...more,
    }),
  )
}

/** Asks to make a public session of an offer on these starts, by its owner's coach. */
export function createSession(
  { owner, coachId }: { owner: Api; coachId: string },
  offerId: string,
  starts: string[],
  more: Record<string, unknown> = {},
): Promise<Answer> {
  return owner.mutate('sessions.manage.create', {
    offerId,
    coachIds: [coachId],
    dates: starts.map(startsAt => ({ startsAt })),
    listing: 'public',
    idempotencyKey: newKey(),
    ...more,
  })
}
