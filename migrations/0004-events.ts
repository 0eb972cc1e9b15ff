import { type Kysely, sql } from 'kysely'

/** What happened, who is told of it, and which commands were already answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
CREATE TABLE events (
  tenant_id uuid NOT NULL REFERENCES tenants,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  name text NOT NULL CHECK (name ~ '^[a-z_]+[.][a-z_]+$'),
  subject text NOT NULL,
  subject_id uuid NOT NULL,
  coach_id uuid,
  actor text NOT NULL CHECK (actor IN ('client', 'member', 'visitor', 'system')),
  actor_id uuid,
  request_id text NOT NULL,
  data jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (tenant_id, seq),
  UNIQUE (tenant_id, id)
);
CREATE INDEX ON events (tenant_id, subject_id, seq);
CALL isolate_tenant('events');
REVOKE UPDATE, DELETE ON events FROM rapport_app;

CREATE TABLE event_seals (
  tenant_id uuid NOT NULL REFERENCES tenants,
  to_seq bigint NOT NULL,
  from_seq bigint NOT NULL,
  hash text NOT NULL,
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, to_seq),
  CHECK (to_seq >= from_seq)
);
CALL isolate_tenant('event_seals');
REVOKE UPDATE, DELETE ON event_seals FROM rapport_app;

CREATE TABLE messages (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  cause uuid NOT NULL,
  type text NOT NULL,
  person_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'in_app', 'push', 'sms')),
  booking_id uuid,
  data jsonb NOT NULL DEFAULT '{}',
  due_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'skipped')),
  attempts integer NOT NULL DEFAULT 0,
  message_id text NOT NULL,
  last_error text,
  sent_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, cause, type, person_id, channel),
  FOREIGN KEY (tenant_id, person_id) REFERENCES people,
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
);
CREATE INDEX ON messages (tenant_id, booking_id, created_at);
CALL isolate_tenant('messages');

CREATE TABLE idempotency_keys (
  tenant_id uuid NOT NULL REFERENCES tenants,
  procedure text NOT NULL,
  caller text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 16 AND 128),
  body_hash text NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, procedure, caller, key)
);
CALL isolate_tenant('idempotency_keys');
`)
    .execute(db)
}
