import type { Room } from '@rapport/sdk'
import { z } from 'zod'
import { loadMeeting, type SessionMeeting } from '#server/domain/rooms/load-meeting.ts'
import { type Leftover, planRoom, type RoomPlan } from '#server/domain/rooms/plan-room.ts'
import { leaveRoom, settleFailedRoom, settleRoom, takeRoom } from '#server/domain/rooms/settle-room.ts'
import { runCommand } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'
import type { Provided } from '#server/plugin-host/create-host.ts'
import { PluginFailed } from '#server/plugin-host/plugin-failed.ts'
import { asSystem } from './as-system.ts'
import { type Attempt, Hopeless } from './jobs.ts'
import type { JobPayloads } from './queues.ts'

const CALL_MS = 20_000
/** How long a job has a room to itself, ms: several calls, and a margin. */
const TAKEN_MS = 90_000

const https = z.url({ protocol: /^https$/ })
const roomSchema = z.object({
  ref: z.string().min(1).max(500),
  joinUrl: https.max(2000),
  hostUrl: https.max(4000).optional(),
})

/**
 * Brings a session's video room in line with it: made, moved, removed, or made by another provider (the old one's
 * then removed). Safe to run twice, and at once. What a provider can't do is noted on the room and tried again.
 */
export async function lineUpRoom(
  house: House,
  { tenantId, sessionId, leftover }: JobPayloads['room'],
  { last, signal }: Attempt,
): Promise<void> {
  const who = asSystem(house, tenantId, `room ${sessionId}`)
  const provider = await house.provider('video', tenantId)
  const taken = await runCommand(house, who, async command => {
    const session = await loadMeeting(command, sessionId, house.secrets)
    if (!session) return null
    const plan = leftover
      ? removal(session, leftover)
      : planRoom(session, house.kind(session.kind), {
          provider: provider?.pluginId ?? null,
          now: command.now,
        })
    if (!plan) return null
    const until = new Date(command.now.getTime() + TAKEN_MS)
    if (!(await takeRoom(command, sessionId, plan, until))) throw new Error('another job is at this room')
    return { plan, isThere: session.kept?.room != null }
  })
  if (!taken) return

  const { plan, isThere } = taken
  try {
    const maker =
      plan.pluginId === provider?.pluginId ? provider : await house.provider('video', tenantId, plan.pluginId)
    const room = await carryOut(maker, plan, signal)
    await runCommand(house, who, async command => {
      if (leftover) return leaveRoom(command, sessionId)
      await settleRoom(command, sessionId, plan, room)
      if (plan.step === 'create' && plan.leftover)
        await command.send('room', { tenantId, sessionId, leftover: plan.leftover }, { group: tenantId })
    })
  } catch (error) {
    const isHopeless = error instanceof PluginFailed && error.reason === 'hopeless'
    const { message } = error as Error
    await runCommand(house, who, command =>
      leftover
        ? leaveRoom(command, sessionId)
        : settleFailedRoom(command, sessionId, plan, { error: message, isThere, final: last || isHopeless }),
    )
    throw isHopeless ? new Hopeless(message, { cause: error }) : error
  }
}

/** Null where the business has gone back to that provider since, which found the room it had made and uses it again. */
function removal({ meeting, sequence, kept }: SessionMeeting, { pluginId, ref }: Leftover): RoomPlan | null {
  if (kept?.pluginId === pluginId && kept.room?.ref === ref) return null
  // Providers know a room by its ref; its address is of no use to them.
  return { step: 'remove', pluginId, room: { ref, joinUrl: '' }, meeting, sequence }
}

/** The room as it is then; null where there is none any more. */
async function carryOut(
  maker: Provided<'video'> | null,
  plan: RoomPlan,
  signal: AbortSignal,
): Promise<Room | null> {
  const options = { timeoutMs: CALL_MS, signal }
  const { meeting } = plan
  if (plan.step === 'remove') {
    // Whoever switched off the plugin that made it has to remove it there.
    if (!maker) return null
    const found =
      plan.room ?? (await maker.call('find', (video, call) => video.find?.(meeting, call) ?? null, options))
    if (found) await maker.call('remove', (video, call) => video.remove(found, call), options)
    return null
  }
  if (!maker) throw new Error('no plugin makes video rooms for this business at the moment')
  const answer = { ...options, answer: roomSchema as z.ZodType<Room> }
  return plan.step === 'move'
    ? maker.call('move', (video, call) => video.move(plan.room, meeting, call), answer)
    : maker.call('create', (video, call) => video.create(meeting, call), answer)
}
