import type { Meeting, Room, SessionKind } from '@rapport/sdk'
import { joinTimes } from './join-times.ts'
import type { SessionMeeting } from './load-meeting.ts'

/** What is to be done for a session's room to be in line with it. */
export type RoomPlan =
  | { step: 'create'; pluginId: string; meeting: Meeting; sequence: number; leftover: Leftover | null }
  | { step: 'move'; pluginId: string; room: Room; meeting: Meeting; sequence: number }
  | { step: 'remove'; pluginId: string; room: Room | null; meeting: Meeting; sequence: number }

/** A room that another provider made before the business chose this one. */
export interface Leftover {
  pluginId: string
  ref: string
}

/**
 * Decides what a session's room needs; null where it is in line, or where no provider is there to do it.
 * `provider` is the plugin that makes rooms for the business now. Sessions that nobody has a firm seat in wait.
 */
export function planRoom(
  session: SessionMeeting,
  kind: SessionKind,
  { provider, now }: { provider: string | null; now: Date },
): RoomPlan | null {
  const { meeting, sequence, kept } = session
  if (!joinTimes([meeting], now)) return null
  const isOnline = kind.format(session) !== 'in_person'
  if (session.isCancelled || !isOnline)
    return kept && { step: 'remove', pluginId: kept.pluginId, room: kept.room, meeting, sequence }

  const room = kept?.room ?? null
  if (room && kept!.pluginId === provider) {
    const isInLine = kept!.sequence === sequence
    return isInLine ? null : { step: 'move', pluginId: provider, room, meeting, sequence }
  }
  const isWanted = room !== null || (session.isCertain && session.hasSeatsTaken)
  if (!isWanted || provider === null) return null
  const leftover = room && { pluginId: kept!.pluginId, ref: room.ref }
  return { step: 'create', pluginId: provider, meeting, sequence, leftover }
}
