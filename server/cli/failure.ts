/** Something the person at the terminal can put right. Its message is one line that says what; no stack is shown. */
export class Failure extends Error {}

/** The code of a system or database error (`EACCES`, `ECONNREFUSED`, `28P01`), or its message where it has none. */
export function codeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return code ?? message ?? String(error)
}
