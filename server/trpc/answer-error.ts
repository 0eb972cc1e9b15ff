import type { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { Refusal } from '#server/domain/refusal.ts'

/** What an error concerns, so that it reaches who can mend it (353). */
export type ErrorType = 'booking' | 'payment' | 'availability' | 'notification'
/** Low: the caller can mend it. Medium: someone was faster, or too fast. High: it is ours to mend (354). */
export type Severity = 'low' | 'medium' | 'high'

interface Shape {
  data: { httpStatus: number; path?: string; code: string }
}

const typeOfNoun: Record<string, ErrorType> = {
  calendar: 'availability',
  holds: 'availability',
  hours: 'availability',
  mailbox: 'notification',
  messages: 'notification',
  slots: 'availability',
}

/**
 * How an error is answered: a sentence that says what to do (355), and `data` with a stable `code`, the `field` at
 * fault, type and severity. What we did not expect is told without its details, with the id it is logged under.
 */
export function answerError<S extends Shape>(shape: S, error: TRPCError, requestId: string | undefined) {
  const { message, ...told } = tell(shape, error, requestId)
  const { httpStatus, path } = shape.data
  const status = 'fields' in told ? 400 : httpStatus
  return {
    ...shape,
    message,
    data: { ...told, httpStatus: status, path, type: typeOf(path), severity: severityOf(status), requestId },
  }
}

function tell(shape: Shape, { cause, code, message }: TRPCError, requestId: string | undefined) {
  if (cause instanceof Refusal) {
    return { ...cause.data, code: cause.code, field: cause.field, message: cause.message }
  }
  if (cause instanceof ZodError) {
    const fields = cause.issues.map(issue => ({ field: issue.path.join('.'), message: issue.message }))
    const { field, message } = fields[0] ?? { field: '', message: 'The input is not valid.' }
    return { code: 'BAD_INPUT', field, fields, message: field ? `${field}: ${message}` : message }
  }
  const apology = `Something went wrong on our side. Please try again; if it stays, tell us ${requestId}.`
  return {
    code: shape.data.code,
    field: undefined,
    message: code === 'INTERNAL_SERVER_ERROR' ? apology : message,
  }
}

function typeOf(path: string | undefined): ErrorType {
  return typeOfNoun[path?.split('.')[0] ?? ''] ?? 'booking'
}

function severityOf(status: number): Severity {
  if (status >= 500) return 'high'
  return status === 409 || status === 429 ? 'medium' : 'low'
}
