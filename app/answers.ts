import type { Failure } from './failure.ts'

/** What an action answers when what was asked for can't be done: the form shows it and keeps what was typed. */
export interface Failed {
  failure: Pick<Failure, 'code' | 'message' | 'field' | 'data'>
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
