import type { LoggedIn } from '#server/domain/people/login-sessions.ts'
import { loginCookieName, readLogin } from '#server/domain/people/login-sessions.ts'
import { runQuery } from '#server/domain/run-command.ts'
import type { House } from '#server/house.ts'

/** Whether pages are served by HTTPS, as cookies must know. */
export function isSecure({ env }: Pick<House, 'env'>): boolean {
  return env.publicProtocol === 'https'
}

/** The login session in a browser's cookies, not yet checked. */
export function loginTokenIn(house: Pick<House, 'env'>, cookies: Record<string, string>): string | null {
  const token = cookies[loginCookieName(isSecure(house))]
  return token && /^[a-z0-9]{16,64}$/.test(token) ? token : null
}

/** Who is signed in at this tenant with a login session; `cookie` is a Set-Cookie header where one is due. */
export function readViewer(
  house: House,
  { tenantId, token, now }: { tenantId: string; token: string; now: Date },
): Promise<{ viewer: LoggedIn | null; cookie: string | null }> {
  return runQuery(house, { tenantId, actor: { as: 'visitor' }, now }, query =>
    readLogin(query, { token, secure: isSecure(house) }),
  )
}
