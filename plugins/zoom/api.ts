import { Hopeless, type PluginContext } from '@rapport/sdk'

const OAUTH = 'https://zoom.us/oauth/token'
const API = 'https://api.zoom.us/v2'
const TOKEN_KEY = 'access-token'
/** A token is given up so long before Zoom does, ms. */
const TOKEN_MARGIN = 120_000

/** What Zoom answered instead of doing what it was asked. */
export class ZoomError extends Error {
  readonly status: number
  /** Zoom's own: 3001 for a meeting that doesn't exist. */
  readonly code: number | null

  constructor(status: number, code: number | null, message: string) {
    super(`Zoom: ${message} (${status}${code === null ? '' : `, ${code}`})`)
    this.status = status
    this.code = code
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what Zoom sends is checked where it is used
type Json = any

/**
 * Calls Zoom's API. A token that Zoom gave up early is replaced once. Throws `Hopeless` for wrong credentials and
 * missing rights, `ZoomError` for what else it refuses.
 */
export async function zoomApi(
  context: PluginContext,
  signal: AbortSignal,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<Json> {
  const token = await accessToken(context, signal)
  const first = await send(context, signal, token, method, path, body)
  const answer =
    first.status === 401
      ? await send(context, signal, await accessToken(context, signal, { anew: true }), method, path, body)
      : first
  if (answer.ok) return answer.status === 204 ? null : answer.json()
  const { code, message } = await reasonIn(answer)
  if (answer.status === 401 || answer.status === 403 || code === 4711)
    throw new Hopeless(`Zoom does not let us do this: ${message}`)
  throw new ZoomError(answer.status, code, message)
}

/** The account's access token: kept until shortly before it ends, fetched `anew` where Zoom no longer takes it. */
export async function accessToken(
  { secrets, store, fetch, now }: PluginContext,
  signal: AbortSignal,
  { anew = false } = {},
): Promise<string> {
  const kept = anew ? null : await store.get(TOKEN_KEY)
  if (typeof kept === 'string') return kept

  const credentials = Buffer.from(`${secrets.clientId}:${secrets.clientSecret}`).toString('base64')
  const query = new URLSearchParams({ grant_type: 'account_credentials', account_id: secrets.accountId! })
  const answer = await fetch(`${OAUTH}?${query}`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}` },
    signal,
  })
  if (answer.status === 400 || answer.status === 401 || answer.status === 403)
    throw new Hopeless('Zoom does not know this account ID, client ID and client secret.')
  if (!answer.ok) throw new ZoomError(answer.status, null, 'no access token')
  const { access_token: token, expires_in: seconds } = await answer.json()
  if (typeof token !== 'string' || typeof seconds !== 'number') throw new Error('Zoom: no access token came')
  await store.set(TOKEN_KEY, token, { expiresAt: new Date(now().getTime() + seconds * 1000 - TOKEN_MARGIN) })
  return token
}

function send(
  { fetch }: PluginContext,
  signal: AbortSignal,
  token: string,
  method: string,
  path: string,
  body: object | undefined,
): Promise<Response> {
  return fetch(`${API}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal,
  })
}

async function reasonIn(answer: Response): Promise<{ code: number | null; message: string }> {
  const text = await answer.text()
  try {
    const { code, message } = JSON.parse(text)
    return { code: typeof code === 'number' ? code : null, message: String(message) }
  } catch {
    return { code: null, message: 'no reason given' }
  }
}
