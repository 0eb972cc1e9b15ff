import { startTestPostgres } from './postgres.ts'

/** One PostgreSQL server for the whole run. */
export default async function setup() {
  const server = await startTestPostgres()
  return () => server.stop()
}
