import { type Kysely, sql } from 'kysely'

/** What can be booked, and when coaches are there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
CREATE TABLE offers (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  description text NOT NULL DEFAULT '' CHECK (length(description) <= 4000),
  location text NOT NULL DEFAULT '' CHECK (length(location) <= 300),
  kind text NOT NULL,
  duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 720),
  step_minutes integer NOT NULL CHECK (step_minutes BETWEEN 5 AND 240),
  buffer_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 240),
  notice_minutes integer NOT NULL DEFAULT 0 CHECK (notice_minutes BETWEEN 0 AND 43200),
  horizon_days integer CHECK (horizon_days BETWEEN 1 AND 730),
  price_minor bigint NOT NULL DEFAULT 0 CHECK (price_minor BETWEEN 0 AND 100000000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  listing text NOT NULL DEFAULT 'public' CHECK (listing IN ('public', 'unlisted')),
  active boolean NOT NULL DEFAULT true,
  position integer NOT NULL DEFAULT 0,
  kind_settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, slug)
);
CALL isolate_tenant('offers');

CREATE TABLE offer_coaches (
  tenant_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  coach_id uuid NOT NULL,
  position integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, offer_id, coach_id),
  FOREIGN KEY (tenant_id, offer_id) REFERENCES offers,
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches
);
CREATE INDEX ON offer_coaches (tenant_id, coach_id);
CALL isolate_tenant('offer_coaches');

CREATE TABLE hours (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  coach_id uuid NOT NULL,
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  start_minute integer NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute integer NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  CHECK (end_minute > start_minute AND end_minute <= least(2880, start_minute + 1440))
);
CREATE INDEX ON hours (tenant_id, coach_id);
CALL isolate_tenant('hours');

CREATE TABLE overrides (
  tenant_id uuid NOT NULL,
  coach_id uuid NOT NULL,
  local_date date NOT NULL,
  ranges jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(ranges) = 'array'),
  PRIMARY KEY (tenant_id, coach_id, local_date),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches
);
CALL isolate_tenant('overrides');

CREATE TABLE time_off (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  coach_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  CHECK (ends_at > starts_at)
);
CREATE INDEX ON time_off (tenant_id, coach_id, ends_at);
CALL isolate_tenant('time_off');

CREATE TABLE external_busy (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  coach_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  CHECK (ends_at > starts_at)
);
CREATE INDEX ON external_busy (tenant_id, coach_id, ends_at);
CALL isolate_tenant('external_busy');
`)
    .execute(db)
}
