import type { Query } from '../../command.ts'
import type { MessageData } from '../message.ts'
import { type Breach, findBreaches } from './breaches.ts'
import { type NoticedCoach, readCoach } from './coach.ts'
import { countTaken, type Level, levelOf, type Stretch, type Taken } from './fullness.ts'

/** What a notice to a coach tells of the own calendar, as it is now. */
export interface Notice {
  coach: NoticedCoach
  fullness?: Stretch & Taken & { level: Level }
  breach?: Breach
}

/**
 * Reads what a notice tells of. Undefined for a message that is none, and for a notice that no longer holds: the count
 * fell or rose to the next level, the session was cancelled or moved, the time off taken back.
 */
export async function findNotice(
  query: Query,
  { coachId, fullness, breach }: MessageData,
): Promise<Notice | undefined> {
  if (!coachId || !(fullness || breach)) return undefined
  const coach = await readCoach(query, coachId)
  if (fullness) {
    const taken = await countTaken(query, coach, fullness)
    if (levelOf(taken, fullness.most) !== fullness.level) return undefined
    return { coach, fullness: { ...fullness, ...taken } }
  }
  const { sessionId, startsAt, by } = breach!
  const stands = (await findBreaches(query, coachId, by)).find(
    ({ session }) => session.sessionId === sessionId && new Date(session.startsAt).toISOString() === startsAt,
  )
  return stands && { coach, breach: stands }
}
