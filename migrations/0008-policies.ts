import { type Kysely, sql } from 'kysely'

/** A business's rules in versions, what was asked under them, and the conversation about a request. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
CREATE TABLE policies (
  tenant_id uuid NOT NULL REFERENCES tenants,
  version integer NOT NULL CHECK (version >= 1),
  rules jsonb NOT NULL CHECK (jsonb_typeof(rules) = 'array'),
  cancellation jsonb NOT NULL CHECK (jsonb_typeof(cancellation) = 'array'),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  author_id uuid,
  restored_from integer,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, version),
  FOREIGN KEY (tenant_id, author_id) REFERENCES people,
  FOREIGN KEY (tenant_id, restored_from) REFERENCES policies
);
CALL isolate_tenant('policies');
REVOKE UPDATE, DELETE ON policies FROM rapport_app;

CREATE TABLE policy_drafts (
  tenant_id uuid NOT NULL,
  author_id uuid NOT NULL,
  based_on integer NOT NULL CHECK (based_on >= 0),
  rules jsonb NOT NULL CHECK (jsonb_typeof(rules) = 'array'),
  cancellation jsonb NOT NULL CHECK (jsonb_typeof(cancellation) = 'array'),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, author_id),
  FOREIGN KEY (tenant_id, author_id) REFERENCES people
);
CALL isolate_tenant('policy_drafts');

CREATE TABLE attempts (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  offer_id uuid NOT NULL,
  coach_id uuid NOT NULL,
  client_id uuid,
  booking_id uuid,
  starts_at timestamptz NOT NULL,
  facts jsonb NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('firm', 'request', 'refuse')),
  code text,
  policy_version integer NOT NULL DEFAULT 0,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  sameness text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, offer_id) REFERENCES offers,
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  FOREIGN KEY (tenant_id, client_id) REFERENCES people,
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
  CHECK ((outcome = 'refuse') = (booking_id IS NULL)),
  CHECK ((outcome = 'refuse') = (sameness IS NOT NULL)),
  UNIQUE (tenant_id, sameness)
);
CREATE INDEX ON attempts (tenant_id, at, id);
CREATE INDEX ON attempts (tenant_id, booking_id);
CALL isolate_tenant('attempts');

CREATE TABLE proposals (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  booking_id uuid NOT NULL,
  hold_id uuid,
  coach_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL,
  proposed_by text NOT NULL CHECK (proposed_by IN ('client', 'coach')),
  position smallint NOT NULL CHECK (position BETWEEN 1 AND 5),
  status text NOT NULL CHECK (status IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  expires_at timestamptz,
  message text CHECK (length(message) BETWEEN 1 AND 1000),
  answer text CHECK (length(answer) BETWEEN 1 AND 1000),
  created_at timestamptz NOT NULL,
  answered_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
  FOREIGN KEY (tenant_id, hold_id) REFERENCES holds,
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  CHECK (ends_at > starts_at AND blocked_until >= ends_at),
  CHECK ((proposed_by = 'coach') = (hold_id IS NOT NULL AND expires_at IS NOT NULL)),
  CHECK ((status = 'open') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX proposals_one_accepted ON proposals (tenant_id, booking_id, created_at) WHERE status = 'accepted';
CREATE INDEX ON proposals (tenant_id, booking_id);
CALL isolate_tenant('proposals');

CREATE TABLE questions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  booking_id uuid NOT NULL,
  question text NOT NULL CHECK (length(question) BETWEEN 1 AND 1000),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  answer_by timestamptz NOT NULL,
  answer text CHECK (length(answer) BETWEEN 1 AND 4000),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
  FOREIGN KEY (tenant_id, asked_by) REFERENCES people,
  CHECK (answer IS NULL OR ended_at IS NOT NULL)
);
CREATE UNIQUE INDEX questions_one_open ON questions (tenant_id, booking_id) WHERE ended_at IS NULL;
CREATE INDEX ON questions (tenant_id, booking_id, asked_at);
CALL isolate_tenant('questions');

ALTER TABLE bookings
  ADD COLUMN coach_seconds_left integer CHECK (coach_seconds_left >= 0),
  ADD COLUMN fee_waived_at timestamptz,
  ADD COLUMN fee_waived_by uuid,
  ADD COLUMN fee_waive_reason text CHECK (length(fee_waive_reason) <= 1000),
  ADD COLUMN fee_waived_minor bigint NOT NULL DEFAULT 0 CHECK (fee_waived_minor >= 0),
  ADD FOREIGN KEY (tenant_id, fee_waived_by) REFERENCES people,
  ADD CHECK (coach_seconds_left IS NULL OR awaiting = 'client');

ALTER TABLE coaches ADD COLUMN competing_requests boolean NOT NULL DEFAULT false;

ALTER TABLE holds DROP CONSTRAINT holds_purpose_check;
ALTER TABLE holds ADD CONSTRAINT holds_purpose_check CHECK (purpose IN ('checkout', 'move', 'proposal'));
DO $$
DECLARE old text;
BEGIN
  SELECT conname INTO STRICT old FROM pg_constraint
    WHERE conrelid = 'holds'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%booking_id IS NOT NULL%';
  EXECUTE format('ALTER TABLE holds DROP CONSTRAINT %I', old);
END $$;
ALTER TABLE holds ADD CONSTRAINT holds_of_booking CHECK ((purpose <> 'checkout') = (booking_id IS NOT NULL));
CREATE INDEX ON holds (tenant_id, booking_id) WHERE booking_id IS NOT NULL;
`)
    .execute(db)
}
