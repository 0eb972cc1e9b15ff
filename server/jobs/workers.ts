import type { House } from '#server/house.ts'
import { handlersOf } from './handlers.ts'
import { type QueueName, queueNames } from './queues.ts'

/** Lets this process work on all queues, until `house.jobs.stop()`. */
export async function startWorkers(house: House): Promise<void> {
  const handlers = handlersOf(house)
  const start = <Q extends QueueName>(queue: Q) => house.jobs.work(queue, handlers[queue])
  await Promise.all(queueNames.map(start))
}
