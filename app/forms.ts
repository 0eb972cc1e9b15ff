import { data } from '@remix-run/node'
import { type Failure, failureOf } from './failure.ts'

/** What an action answers when what was asked for can't be done: the form shows it and keeps what was typed. */
export interface Failed {
  failure: Pick<Failure, 'code' | 'message' | 'field' | 'data'>
}

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

/** What is wrong with one field of a form, for its error line. */
export function faultOf(answer: unknown, field: string): string | null {
  const failure = failureIn(answer)
  return failure?.field === field ? failure.message : null
}

/** What is wrong with the form as a whole. */
export function failureIn(answer: unknown): Failed['failure'] | null {
  return typeof answer === 'object' && answer !== null && 'failure' in answer
    ? (answer as Failed).failure
    : null
}
