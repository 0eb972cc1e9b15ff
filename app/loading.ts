import { type AppLoadContext, data, redirect } from '@remix-run/node'
import { failureOf } from './failure.ts'

/**
 * Runs a loader's call of `context.api` and turns what fails into what the visitor should see: the sign-in page
 * where somebody must be signed in, and otherwise the error page with its status and the request's id.
 */
export async function load<T>(context: AppLoadContext, request: Request, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Response || isAnswer(error)) throw error
    const { status, message } = failureOf(error)
    if (status === 401) throw redirect(signInPath(request))
    if (status === null || status >= 500) context.report(error)
    throw data({ message, requestId: context.requestId }, { status: status ?? 500 })
  }
}

/** What `data()` makes, thrown by a loader that has already chosen its status. */
function isAnswer(error: unknown): boolean {
  return (error as { type?: unknown } | null)?.type === 'DataWithResponseInit'
}

/** The sign-in page that comes back to what was asked for. */
export function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return `/sign-in?next=${encodeURIComponent(pathname.replace(/\.data$/, '') + search)}`
}

/**
 * Where to go after signing in: a path of this host, never another site. It is read as browsers read it, who drop
 * tabs and line breaks and turn backslashes, and written as a header can carry it.
 */
export function safeNext(next: string | null, otherwise = '/'): string {
  const here = 'http://here.invalid'
  if (!next?.startsWith('/') || !URL.canParse(next, here)) return otherwise
  const { origin, pathname, search } = new URL(next, here)
  // `/.//x` stays here, but what is left of it would be read as another host.
  return origin === here && !pathname.startsWith('//') ? pathname + search : otherwise
}

export function notFoundPage(message = 'This page doesn’t exist, or it has moved.') {
  return data({ message }, { status: 404 })
}
