import { timers } from '#server/domain/booking/ring-timers.ts'
import { announceDue, followSessions } from '#server/domain/materials/announce.ts'
import { planCoachNotices } from '#server/domain/notifications/plan-coach-notices.ts'
import { planConnectionMessages } from '#server/domain/notifications/plan-connection-messages.ts'
import { planEventMessages } from '#server/domain/notifications/plan-event-messages.ts'
import { planScheduleMessages } from '#server/domain/notifications/plan-schedule-messages.ts'
import { planSessionMessages } from '#server/domain/notifications/plan-session-messages.ts'
import { planDeliveries } from '#server/domain/plugins/deliveries.ts'
import { planRooms } from '#server/domain/rooms/listen.ts'
import { runCommand } from '#server/domain/run-command.ts'
import { ringMinimum } from '#server/domain/sessions/manage/decide-session.ts'
import { continueSchedule } from '#server/domain/sessions/manage/schedule.ts'
import { dispatchEvent, type Listener } from '#server/events/dispatch.ts'
import { sealEvents } from '#server/events/seal.ts'
import { removeUnused } from '#server/files/remove-unused.ts'
import type { House } from '#server/house.ts'
import { asSystem } from './as-system.ts'
import { deliverEvent } from './deliver-event.ts'
import { deliverMessage } from './deliver-message.ts'
import type { JobHandler } from './jobs.ts'
import { lineUpRoom } from './line-up-room.ts'
import type { QueueName } from './queues.ts'
import { workOnReceipt } from './work-on-receipt.ts'

/** Who hears of events. */
const listeners: readonly Listener[] = [
  planEventMessages,
  planSessionMessages,
  planScheduleMessages,
  planConnectionMessages,
  planCoachNotices,
  followSessions,
]

/** What is done for a job of each queue: one command, safe to repeat. */
export function handlersOf(house: House): { [Q in QueueName]: JobHandler<Q> } {
  const makesRooms = (pluginId: string) => house.plugins.find(pluginId)?.provides?.video !== undefined
  const everyone = [...listeners, planRooms(makesRooms), planDeliveries(house.plugins.listening)]
  return {
    event: ({ tenantId, eventId }) =>
      runCommand(house, asSystem(house, tenantId, `event ${eventId}`), command =>
        dispatchEvent(command, eventId, everyone),
      ),
    message: (payload, attempt) => deliverMessage(house, payload, attempt),
    reminder: (payload, attempt) => deliverMessage(house, payload, attempt),
    approval: payload => timers.approval(house, payload, house.clock()),
    move: payload => timers.move(house, payload, house.clock()),
    answer: payload => timers.answer(house, payload, house.clock()),
    delivery: (payload, attempt) => deliverEvent(house, payload, attempt),
    receipt: payload => workOnReceipt(house, payload),
    room: (payload, attempt) => lineUpRoom(house, payload, attempt),
    hold: payload => timers.hold(house, payload, house.clock()),
    minimum: payload =>
      runCommand(house, asSystem(house, payload.tenantId, 'minimum'), command =>
        ringMinimum(command, payload),
      ),
    schedule: payload =>
      runCommand(house, asSystem(house, payload.tenantId, 'schedule'), command =>
        continueSchedule(command, payload),
      ),
    release: ({ tenantId, materialId }) =>
      runCommand(house, asSystem(house, tenantId, `release ${materialId}`), command =>
        announceDue(command, materialId),
      ),
    file: payload => removeUnused(house, payload),
    seal: ({ tenantId }) => runCommand(house, asSystem(house, tenantId, 'seal'), sealEvents),
  }
}
