import { failureOf } from '../../failure.ts'

/** What is wrong with one field of a form, by its path; an empty path means the form as a whole. */
export interface Problem {
  field: string
  message: string
}

/** All that the server found wrong with what was sent. */
export function problemsOf(error: unknown): Problem[] {
  const { field, message, data } = failureOf(error)
  const named = Array.isArray(data.fields) ? data.fields.filter(isProblem) : []
  return named.length > 0 ? named : [{ field: field ?? '', message }]
}

function isProblem(given: unknown): given is Problem {
  return typeof given === 'object' && given !== null && 'field' in given && 'message' in given
}

/** What is wrong with a field or with something within it. */
export function errorAt(problems: readonly Problem[], ...fields: string[]): string | null {
  const found = problems.find(({ field }) => fields.some(at => field === at || field.startsWith(`${at}.`)))
  return found?.message ?? null
}
