/** What went wrong with a call, in words for the person who made it. */
export interface Failure {
  /** Stable code of the API, such as `SLOT_TAKEN`; `OFFLINE` where no answer came. */
  code: string
  message: string
  /** The input at fault, as a path such as `client.email`. */
  field: string | null
  /** HTTP status; null where no answer came. */
  status: number | null
  /** Names the request in the server's log. */
  requestId: string | null
  /** Everything else the answer carries, such as `alternatives`. */
  data: Record<string, unknown>
}

const offline: Failure = {
  code: 'OFFLINE',
  message: 'We couldn’t reach the server. Check your connection and try again.',
  field: null,
  status: null,
  requestId: null,
  data: {},
}

/**
 * Reads any error of a tRPC call, from the browser (`data` came over HTTP) or from a loader (`cause` is the
 * domain's refusal or zod's error).
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return offline
  if ('data' in error && isRecord(error.data)) return ofAnswer(error.message, error.data)
  if (isRecord(error.cause) && typeof error.cause.family === 'string') return ofRefusal(error.cause)
  if (isRecord(error.cause) && Array.isArray(error.cause.issues)) return ofInput(error.cause.issues)
  if (typeof window !== 'undefined') return offline
  return {
    ...offline,
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on our side. Please try again.',
    status: 500,
  }
}

function ofAnswer(message: string, data: Record<string, unknown>): Failure {
  const input = Array.isArray(data.fields) && isRecord(data.fields[0]) ? data.fields[0] : null
  return {
    code: String(data.code ?? 'UNKNOWN'),
    message: input ? String(input.message) : message,
    field: typeof data.field === 'string' ? data.field : null,
    status: typeof data.httpStatus === 'number' ? data.httpStatus : 500,
    requestId: typeof data.requestId === 'string' ? data.requestId : null,
    data,
  }
}

const statusOfFamily: Record<string, number> = {
  input: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
}

function ofRefusal(refusal: Record<string, unknown>): Failure {
  return {
    code: String(refusal.code),
    message: String(refusal.message),
    field: typeof refusal.field === 'string' ? refusal.field : null,
    status: statusOfFamily[String(refusal.family)] ?? 400,
    requestId: null,
    data: isRecord(refusal.data) ? refusal.data : {},
  }
}

function ofInput(issues: unknown[]): Failure {
  const issue = isRecord(issues[0]) ? issues[0] : {}
  return {
    ...offline,
    code: 'BAD_INPUT',
    message: String(issue.message ?? 'The input is not valid.'),
    field: Array.isArray(issue.path) ? issue.path.join('.') : null,
    status: 400,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
