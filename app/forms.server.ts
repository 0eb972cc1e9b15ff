import { data } from '@remix-run/node'
import type { Failed } from './answers.ts'
import { failureOf } from './failure.ts'

/** Runs an action's call of `context.api`; refusals become an answer for the form, bugs the error page. */
export async function attempt<T>(call: () => Promise<T>) {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Response) throw error
    const { code, message, field, data: more, status } = failureOf(error)
    if (status === null || status >= 500) throw error
    return data<Failed>({ failure: { code, message, field, data: more } }, { status })
  }
}

/** The text of a form's field; empty where it isn't there. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
