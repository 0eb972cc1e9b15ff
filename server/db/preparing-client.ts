import pg from 'pg'

/** Shorter statements are planned faster than looked up. */
const WORTH_PREPARING = 500
/** So many texts are prepared in a process; what comes later is planned each time, so that memory stays bounded. */
const MOST_TEXTS = 300
/** Statements with more values are bulk inserts, whose texts hardly repeat. */
const MOST_VALUES = 120

const names = new Map<string, string>()

/**
 * A connection that prepares long statements, since the planning of one with many subqueries under row-level
 * security takes several times as long as running it.
 */
export class PreparingClient extends pg.Client {
  // @ts-expect-error: only the one of its many signatures that Kysely and pg-boss use is told apart
  override query(text: unknown, values?: unknown[], callback?: (error: Error, result: unknown) => void) {
    const name = typeof text === 'string' && values ? nameOf(text, values) : undefined
    const config = name ? { name, text, values } : text
    return super.query(config as string, (name ? undefined : values) as unknown[], callback as never)
  }
}

function nameOf(text: string, values: unknown[]): string | undefined {
  if (text.length < WORTH_PREPARING || values.length === 0 || values.length > MOST_VALUES) return undefined
  const known = names.get(text)
  if (known || names.size >= MOST_TEXTS) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}
