import { definePlugin, Hopeless, type PluginContext, type PluginEvent } from '@rapport/sdk'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'

/** Tells another system of what happens, by HTTP POST with signatures as in the Standard Webhooks specification. */
export default definePlugin({
  id: 'webhooks',
  name: 'Webhooks',
  description:
    'Tells a system of yours what happens to bookings and sessions, with a signature it can check.',
  version: '1.0.0',
  sdk: 1,
  config: z.object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an address that begins with https://' })
      .max(2000)
      .describe('Address: where events are sent to, by POST'),
    events: z
      .string()
      .trim()
      .max(2000)
      .regex(
        /^(\*|([a-z]+\.(\*|[a-z_]+))(\s*,\s*[a-z]+\.(\*|[a-z_]+))*)$/,
        'must be like booking.*, session.moved',
      )
      .default('*')
      .describe('Events: which to send, such as booking.confirmed, session.*; * for all'),
  }),
  secrets: z.object({
    secret: z
      .string()
      .trim()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'starts with whsec_, then at least 24 bytes in Base64')
      .describe('Signing secret: your system needs the same; it can’t be read here again')
      .meta({ generate: 'whsec_' }),
    formerSecret: z
      .string()
      .trim()
      .regex(/^$|^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'starts with whsec_, then at least 24 bytes in Base64')
      .default('')
      .describe('Former secret: signs too until your system knows the new one; empty for none'),
  }),
  on: { '*': send },
  async health({ config, secrets }) {
    new Webhook(secrets.secret!)
    return `Events go to ${new URL(String(config.url)).host}. Nothing was sent to try it.`
  },
})

/** The event's id is the message's, so the other side can tell one that comes again. */
async function send(
  event: PluginEvent,
  context: PluginContext,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { config, secrets, fetch, now, log } = context
  if (!isChosen(event.name, String(config.events))) return
  const body = JSON.stringify(payloadOf(event))
  const at = now()
  const answer = await fetch(String(config.url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Rapport-Webhooks/1.0',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': [secrets.secret, secrets.formerSecret]
        .flatMap(secret => (secret ? [new Webhook(secret).sign(event.id, at, body)] : []))
        .join(' '),
    },
    body,
    // An address that moved is set anew by its owner: the events of a business don't follow wherever it leads.
    redirect: 'manual',
    signal,
  })
  const { status } = answer
  if (answer.ok) return log.info(`${event.name} was taken with ${status}`)
  if (status === 410) throw new Hopeless(`the other side wants no more of them (410)`)
  throw new Error(`the other side answered with ${status}`)
}

/** `booking.*` stands for every event of bookings. */
function isChosen(name: string, events: string): boolean {
  const [noun] = name.split('.')
  return events.split(',').some(chosen => ['*', name, `${noun}.*`].includes(chosen.trim()))
}

/** What the Standard Webhooks specification recommends: type, timestamp, data. */
function payloadOf({ name, at, subject, subjectId, data, booking }: PluginEvent) {
  return {
    type: name,
    timestamp: at.toISOString(),
    data: { ...data, subject, subjectId, booking },
  }
}
