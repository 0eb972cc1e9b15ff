import { type Channel, type Email, type Mailbox, type PluginContext, Undeliverable } from '@rapport/sdk'
import { type CreateEmailOptions, type ErrorResponse, Resend, type Response } from 'resend'

const API = 'https://api.resend.com'

/**
 * Mail through Resend. The Message-ID is its idempotency key: a mail it took already is answered with the first
 * answer, for 24 hours.
 */
export function resendChannel({ config, secrets, fetch }: PluginContext): Channel {
  const url = typeof config.url === 'string' ? config.url : API
  const resend = new GuardedResend(secrets.apiKey!, url, fetch)
  const from = typeof config.from === 'string' && config.from !== '' ? config.from : null
  return {
    async deliver(email, { signal }) {
      const { data, error } = await resend.emails.send(payloadOf(email, from), {
        idempotencyKey: email.messageId,
        signal,
      })
      if (!error) return { providerId: data.id }
      if (wasTaken(error)) return {}
      const message = `Resend: ${error.message}`
      throw isAddressAtFault(error) ? new Undeliverable(message) : new Error(message)
    },
  }
}

/** Whether Resend knows the key; one that may only send can ask for nothing, and is told so. */
export async function resendHealth(
  { config, secrets, fetch }: PluginContext,
  { signal }: { signal: AbortSignal },
): Promise<string> {
  const url = typeof config.url === 'string' ? config.url : API
  const answer = await fetch(`${url}/domains`, {
    headers: { authorization: `Bearer ${secrets.apiKey}` },
    signal,
  })
  if (answer.ok) return 'Resend knows the key.'
  const error = errorOf(answer.status, await answer.text())
  if (error.name === 'restricted_api_key') return 'Resend knows the key; it may send and nothing else.'
  throw new Error(`Resend: ${error.message}`)
}

/** The SDK reaches the network by the host's `fetch` instead of the global one. */
class GuardedResend extends Resend {
  readonly #fetch: typeof fetch

  constructor(apiKey: string, baseUrl: string, fetch: typeof globalThis.fetch) {
    super(apiKey, { baseUrl })
    this.#fetch = fetch
  }

  override async fetchRequest<T>(path: string, options: RequestInit = {}): Promise<Response<T>> {
    const answer = await this.#fetch(`${this.baseUrl}${path}`, options)
    const headers = Object.fromEntries(answer.headers)
    const body = await answer.text()
    if (answer.ok) return { data: JSON.parse(body) as T, error: null, headers }
    return { data: null, error: errorOf(answer.status, body), headers }
  }
}

function errorOf(statusCode: number, body: string): ErrorResponse {
  try {
    const { name = 'application_error', message = 'no reason given' } = JSON.parse(body)
    return { name, message: `${message} (${statusCode})`, statusCode }
  } catch {
    return { name: 'application_error', message: `answered with ${statusCode}`, statusCode }
  }
}

function payloadOf(email: Email, from: string | null): CreateEmailOptions {
  const { calendar } = email
  return {
    from: written({ name: email.from.name, address: from ?? email.from.address }),
    to: [written(email.to)],
    ...(email.replyTo && { replyTo: [written(email.replyTo)] }),
    subject: email.subject,
    html: email.html,
    text: email.text,
    headers: { ...email.headers, 'Message-ID': `<${email.messageId}>` },
    ...(calendar && {
      attachments: [
        {
          filename: 'invite.ics',
          content: Buffer.from(calendar.content),
          contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
        },
      ],
    }),
  }
}

/** As in a header of a mail: a name is quoted and keeps to one line. */
function written({ name, address }: Mailbox): string {
  const quoted = name.replaceAll(/\p{Cc}+/gu, ' ').replaceAll(/["\\]/g, '\\$&')
  return quoted.trim() === '' ? address : `"${quoted}" <${address}>`
}

/** The key belongs to a mail that was taken before, though with other words: it must not go out twice. */
function wasTaken({ name }: ErrorResponse): boolean {
  return name === 'invalid_idempotent_request'
}

function isAddressAtFault({ statusCode, message }: ErrorResponse): boolean {
  return statusCode === 422 && message.includes('`to`')
}
