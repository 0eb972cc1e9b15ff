import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '@rapport/sdk'
import type { Db } from '#server/db/connection.ts'
import { inTenant } from '#server/db/in-tenant.ts'

interface Installation {
  tenantId: string
  pluginId: string
}

/** What a plugin remembers for one business, in `plugin_entries`. */
export function tenantStore(db: Db, { tenantId, pluginId }: Installation, clock: () => Date): Store {
  return {
    async get(key) {
      const entry = await inTenant(db, tenantId, trx =>
        trx
          .selectFrom('plugin_entries')
          .select(['value', 'expires_at'])
          .where('tenant_id', '=', tenantId)
          .where('plugin_id', '=', pluginId)
          .where('key', '=', checkedKey(key))
          .executeTakeFirst(),
      )
      return entry && isAlive(entry.expires_at, clock()) ? entry.value : null
    },
    async set(key, value, { expiresAt } = {}) {
      const row = {
        tenant_id: tenantId,
        plugin_id: pluginId,
        key: checkedKey(key),
        value: asJson(value),
        expires_at: expiresAt ?? null,
      }
      await inTenant(db, tenantId, async trx => {
        await trx
          .deleteFrom('plugin_entries')
          .where('tenant_id', '=', tenantId)
          .where('plugin_id', '=', pluginId)
          .where('expires_at', '<=', clock())
          .execute()
        await trx
          .insertInto('plugin_entries')
          .values(row)
          .onConflict(conflict =>
            conflict
              .columns(['tenant_id', 'plugin_id', 'key'])
              .doUpdateSet({ value: row.value, expires_at: row.expires_at }),
          )
          .execute()
      })
    },
    async delete(key) {
      await inTenant(db, tenantId, trx =>
        trx
          .deleteFrom('plugin_entries')
          .where('tenant_id', '=', tenantId)
          .where('plugin_id', '=', pluginId)
          .where('key', '=', checkedKey(key))
          .execute(),
      )
    },
  }
}

/** The same for what the operator set up, which belongs to no business: a file for each key in a folder of the plugin's own. */
export function operatorStore(directory: string, clock: () => Date): Store {
  const folder = join(directory, 'entries')
  const fileOf = (key: string) =>
    join(folder, `${createHash('sha256').update(checkedKey(key)).digest('hex')}.json`)
  return {
    async get(key) {
      const text = await readFile(fileOf(key), 'utf8').catch(() => null)
      if (text === null) return null
      const { value, expiresAt } = JSON.parse(text) as { value: unknown; expiresAt: string | null }
      return isAlive(expiresAt && new Date(expiresAt), clock()) ? value : null
    },
    async set(key, value, { expiresAt } = {}) {
      const file = fileOf(key)
      const unfinished = `${file}.${process.pid}.${performance.now()}.tmp`
      await mkdir(folder, { recursive: true })
      await writeFile(
        unfinished,
        `{"value":${asJson(value)},"expiresAt":${JSON.stringify(expiresAt ?? null)}}`,
        {
          mode: 0o600,
        },
      )
      await rename(unfinished, file)
    },
    async delete(key) {
      await rm(fileOf(key), { force: true })
    },
  }
}

const LARGEST_VALUE = 100_000

function checkedKey(key: string): string {
  if (typeof key !== 'string' || key.length < 1 || key.length > 200 || key.includes('\0'))
    throw new Error('a key must have 1 to 200 characters')
  return key
}

function asJson(value: unknown): string {
  const json = JSON.stringify(value) as string | undefined
  if (json === undefined) throw new Error('a value must be JSON')
  if (json.length > LARGEST_VALUE) throw new Error('a value must be at most 100,000 characters of JSON')
  // PostgreSQL's jsonb has no NUL.
  return json.replaceAll('\\u0000', '')
}

function isAlive(expiresAt: Date | '' | null, now: Date): boolean {
  return !expiresAt || expiresAt > now
}
