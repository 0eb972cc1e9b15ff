import { type Kysely, sql } from 'kysely'

/** Tenants and the people known to them: members, coaches, clients, connections, and how they sign in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE EXTENSION IF NOT EXISTS btree_gist`.execute(db)
  await sql
    .raw(`
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;

CREATE PROCEDURE isolate_tenant(table_name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format(
    'CREATE POLICY tenant ON %I USING (tenant_id = (SELECT current_tenant())) WITH CHECK (tenant_id = (SELECT current_tenant()))',
    table_name);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO rapport_app', table_name);
END $$;
REVOKE ALL ON PROCEDURE isolate_tenant(text) FROM PUBLIC;

CREATE TABLE tenants (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  time_zone text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  week_starts_on smallint NOT NULL DEFAULT 1 CHECK (week_starts_on BETWEEN 1 AND 7),
  accent text NOT NULL DEFAULT '#3f51b5' CHECK (accent ~ '^#[0-9a-f]{6}$'),
  tagline text NOT NULL DEFAULT '' CHECK (length(tagline) <= 300),
  logo bytea CHECK (octet_length(logo) <= 524288),
  logo_type text CHECK (logo_type IN ('image/png', 'image/jpeg', 'image/webp')),
  logo_hash text GENERATED ALWAYS AS (encode(sha256(logo), 'hex')) STORED,
  set_up_at timestamptz,
  created_at timestamptz NOT NULL,
  CHECK ((logo IS NULL) = (logo_type IS NULL))
);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenants USING (id = (SELECT current_tenant())) WITH CHECK (id = (SELECT current_tenant()));
GRANT SELECT, INSERT, UPDATE ON tenants TO rapport_app;

CREATE TABLE tenant_hosts (
  host text PRIMARY KEY CHECK (host = lower(host)),
  tenant_id uuid NOT NULL REFERENCES tenants
);
ALTER TABLE tenant_hosts ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_hosts FORCE ROW LEVEL SECURITY;
CREATE POLICY read ON tenant_hosts FOR SELECT USING (true);
CREATE POLICY write ON tenant_hosts FOR INSERT WITH CHECK (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT ON tenant_hosts TO rapport_app;

CREATE TABLE people (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  time_zone text,
  locale text,
  email_proven_at timestamptz,
  password_hash text,
  erased_at timestamptz,
  no_questions_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, email)
);
CALL isolate_tenant('people');

CREATE TABLE members (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'coach')),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CALL isolate_tenant('members');

CREATE TABLE clients (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  tags text[] NOT NULL DEFAULT '{}',
  blocked_at timestamptz,
  notes text NOT NULL DEFAULT '' CHECK (length(notes) <= 10000),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CALL isolate_tenant('clients');

CREATE TABLE coaches (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  bio text NOT NULL DEFAULT '' CHECK (length(bio) <= 2000),
  time_zone text NOT NULL,
  allow_firm_booking boolean NOT NULL DEFAULT true,
  firm_booking_threshold_hours integer NOT NULL DEFAULT 24 CHECK (firm_booking_threshold_hours BETWEEN 0 AND 720),
  buffer_minutes integer NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 240),
  buffer_external_busy boolean NOT NULL DEFAULT true,
  max_sessions_per_day integer CHECK (max_sessions_per_day BETWEEN 1 AND 50),
  max_sessions_per_week integer CHECK (max_sessions_per_week BETWEEN 1 AND 200),
  limit_outcome text NOT NULL DEFAULT 'refuse' CHECK (limit_outcome IN ('refuse', 'request')),
  calendar_visibility text NOT NULL DEFAULT 'public' CHECK (calendar_visibility IN ('public', 'connected', 'private')),
  require_approval_non_connected boolean NOT NULL DEFAULT false,
  approval_hours integer NOT NULL DEFAULT 48 CHECK (approval_hours BETWEEN 1 AND 168),
  approval_timeout text NOT NULL DEFAULT 'decline' CHECK (approval_timeout IN ('decline', 'approve')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, person_id),
  UNIQUE (tenant_id, slug),
  FOREIGN KEY (tenant_id, person_id) REFERENCES members
);
CALL isolate_tenant('coaches');

CREATE TABLE calendars (
  tenant_id uuid NOT NULL,
  coach_id uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, coach_id),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches
) WITH (fillfactor = 50);
CALL isolate_tenant('calendars');

CREATE TABLE connections (
  tenant_id uuid NOT NULL,
  coach_id uuid NOT NULL,
  client_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('invited', 'requested', 'accepted', 'blocked')),
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, coach_id, client_id),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients
);
CREATE INDEX ON connections (tenant_id, client_id);
CALL isolate_tenant('connections');

CREATE TABLE login_sessions (
  tenant_id uuid NOT NULL,
  id_hash text NOT NULL,
  person_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id_hash),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CREATE INDEX ON login_sessions (tenant_id, person_id);
CALL isolate_tenant('login_sessions');

CREATE TABLE login_links (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('sign_in', 'password_reset', 'handover')),
  person_id uuid NOT NULL,
  next_path text CHECK (next_path ~ '^/' AND length(next_path) <= 200),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people
);
CREATE INDEX ON login_links (tenant_id, person_id);
CALL isolate_tenant('login_links');

CREATE TABLE rate_limits (
  key text PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO rapport_app;

CREATE FUNCTION find_businesses(sought text) RETURNS TABLE (tenant_id uuid, person_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.tenant_id, p.id FROM public.people p JOIN public.members m ON m.tenant_id = p.tenant_id AND m.person_id = p.id
  WHERE p.email = lower(sought) AND p.erased_at IS NULL AND m.active
$$;
CREATE POLICY find_businesses ON people FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY find_businesses ON members FOR SELECT TO CURRENT_USER USING (true);
REVOKE ALL ON FUNCTION find_businesses(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_businesses(text) TO rapport_app;
`)
    .execute(db)
}
