import { type Kysely, sql } from 'kysely'

/** Sessions with dates and seats of their own, what their participants share, and files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
ALTER TABLE offers ADD COLUMN terms jsonb CHECK (jsonb_typeof(terms) = 'object');

CREATE TABLE files (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('logo', 'material', 'recording')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL CHECK (length(sha256) = 64),
  added_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, added_by) REFERENCES people
);
CALL isolate_tenant('files');

ALTER TABLE tenants ADD COLUMN logo_file_id uuid,
  ADD FOREIGN KEY (id, logo_file_id) REFERENCES files (tenant_id, id);

CREATE TABLE schedules (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  pattern text NOT NULL CHECK (length(pattern) <= 500),
  first_local text NOT NULL CHECK (first_local ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$'),
  time_zone text NOT NULL,
  duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 720),
  coach_ids uuid[] NOT NULL CHECK (cardinality(coach_ids) >= 1),
  listing text NOT NULL CHECK (listing IN ('public', 'unlisted', 'connected', 'private')),
  terms jsonb NOT NULL CHECK (jsonb_typeof(terms) = 'object'),
  made_until timestamptz NOT NULL,
  ended_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, offer_id) REFERENCES offers
);
CREATE INDEX ON schedules (tenant_id, offer_id);
CALL isolate_tenant('schedules');

ALTER TABLE sessions
  ADD COLUMN terms jsonb CHECK (jsonb_typeof(terms) = 'object'),
  ADD COLUMN schedule_id uuid,
  ADD COLUMN decide_by timestamptz,
  ADD COLUMN decided_at timestamptz,
  ADD COLUMN changed_at timestamptz,
  ADD FOREIGN KEY (tenant_id, schedule_id) REFERENCES schedules;
-- An owner who is no superuser sees rows of all tenants only where row-level security isn't forced.
ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY;
UPDATE sessions SET changed_at = created_at;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE sessions ALTER COLUMN changed_at SET NOT NULL, ALTER COLUMN changed_at SET DEFAULT now();
CREATE INDEX ON sessions (tenant_id, schedule_id);

ALTER TABLE bookings
  ADD COLUMN mode text NOT NULL DEFAULT 'any',
  ADD COLUMN guests text[] NOT NULL DEFAULT '{}' CHECK (cardinality(guests) < 100),
  ADD COLUMN deposit_minor bigint CHECK (deposit_minor BETWEEN 0 AND price_minor),
  ADD COLUMN balance_due_at timestamptz,
  ADD COLUMN shown_as text CHECK (length(shown_as) BETWEEN 1 AND 120),
  ADD FOREIGN KEY (tenant_id, session_id, mode) REFERENCES session_seats;

ALTER TABLE holds
  ADD COLUMN session_id uuid,
  ADD COLUMN mode text,
  ADD FOREIGN KEY (tenant_id, session_id, mode) REFERENCES session_seats,
  ADD CHECK ((session_id IS NULL) = (mode IS NULL));
CREATE INDEX ON holds (tenant_id, session_id, expires_at) WHERE released_at IS NULL AND session_id IS NOT NULL;

ALTER TABLE messages ADD COLUMN session_id uuid, ADD FOREIGN KEY (tenant_id, session_id) REFERENCES sessions;

CREATE TABLE materials (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  phase text NOT NULL CHECK (phase IN ('before', 'after', 'shared', 'recording')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  file_id uuid,
  url text CHECK (length(url) <= 2000),
  format text CHECK (format IN ('video', 'audio', 'link')),
  release_at timestamptz,
  added_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  FOREIGN KEY (tenant_id, file_id) REFERENCES files,
  FOREIGN KEY (tenant_id, added_by) REFERENCES people,
  CHECK (num_nonnulls(file_id, url) = 1),
  CHECK ((phase = 'recording') = (format IS NOT NULL))
);
CREATE INDEX ON materials (tenant_id, session_id);
CREATE INDEX ON materials (tenant_id, file_id);
CALL isolate_tenant('materials');

CREATE TABLE posts (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  is_update boolean NOT NULL,
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
  created_at timestamptz NOT NULL,
  removed_at timestamptz,
  removed_by uuid,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  FOREIGN KEY (tenant_id, person_id) REFERENCES people,
  FOREIGN KEY (tenant_id, removed_by) REFERENCES people
);
CREATE INDEX ON posts (tenant_id, session_id, created_at);
CALL isolate_tenant('posts');

CREATE TABLE check_ins (
  tenant_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  seat smallint NOT NULL CHECK (seat BETWEEN 1 AND 100),
  position smallint NOT NULL,
  at timestamptz NOT NULL,
  by_person uuid NOT NULL,
  PRIMARY KEY (tenant_id, booking_id, seat, position),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
  FOREIGN KEY (tenant_id, by_person) REFERENCES people
);
CALL isolate_tenant('check_ins');

CREATE TABLE certificates (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  booking_id uuid NOT NULL,
  seat smallint NOT NULL CHECK (seat BETWEEN 1 AND 100),
  code text NOT NULL CHECK (code ~ '^[A-Z0-9]{12}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  minutes integer NOT NULL CHECK (minutes > 0),
  held_on date[] NOT NULL,
  coaches text[] NOT NULL,
  issued_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code),
  UNIQUE (tenant_id, booking_id, seat),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
);
CALL isolate_tenant('certificates');

CREATE TABLE rooms (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  plugin_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('making', 'ready', 'failed', 'removed')),
  ref text,
  join_url text CHECK (length(join_url) <= 2000),
  host_url text CHECK (length(host_url) <= 4000),
  sequence integer NOT NULL,
  last_error text,
  worked_until timestamptz,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  CHECK (state <> 'ready' OR join_url IS NOT NULL)
);
CALL isolate_tenant('rooms');
`)
    .execute(db)
}
