import { type Kysely, sql } from 'kysely'

/** Logos lie among the files: those kept in rows were moved before, by the start that brings this migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
DO $$ BEGIN
  IF EXISTS (SELECT FROM tenants WHERE logo IS NOT NULL) THEN
    RAISE EXCEPTION 'logos are still kept in rows: start Rapport, which moves them to files';
  END IF;
END $$;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants DROP COLUMN logo_hash, DROP COLUMN logo, DROP COLUMN logo_type;
`)
    .execute(db)
}
