import { type Kysely, sql } from 'kysely'

/** Sessions, the time and seats they take, and the bookings of clients. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
CREATE TABLE sessions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'SCHEDULED' CHECK (state IN ('SCHEDULED', 'GO', 'EXTENDED', 'CANCELLED')),
  state_reason text,
  time_zone text NOT NULL,
  listing text NOT NULL DEFAULT 'private' CHECK (listing IN ('public', 'unlisted', 'connected', 'private')),
  calendar_uid text NOT NULL,
  sequence integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, offer_id) REFERENCES offers
);
CREATE INDEX ON sessions (tenant_id, offer_id);
CALL isolate_tenant('sessions');

CREATE TABLE session_dates (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  position smallint NOT NULL DEFAULT 0,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, session_id, position),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  CHECK (ends_at > starts_at)
);
CREATE INDEX ON session_dates (tenant_id, starts_at);
CALL isolate_tenant('session_dates');

CREATE TABLE session_coaches (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  coach_id uuid NOT NULL,
  position smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, session_id, coach_id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches
);
CREATE INDEX ON session_coaches (tenant_id, coach_id);
CALL isolate_tenant('session_coaches');

CREATE TABLE session_seats (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  mode text NOT NULL DEFAULT 'any' CHECK (mode IN ('any', 'online', 'in_person')),
  capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 10000),
  taken integer NOT NULL DEFAULT 0 CHECK (taken >= 0),
  held integer NOT NULL DEFAULT 0 CHECK (held >= 0),
  PRIMARY KEY (tenant_id, session_id, mode),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  CONSTRAINT seats_within_capacity CHECK (taken + held <= capacity)
);
CALL isolate_tenant('session_seats');

CREATE TABLE bookings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  client_id uuid NOT NULL,
  seats integer NOT NULL DEFAULT 1 CHECK (seats BETWEEN 1 AND 100),
  status text NOT NULL CHECK (status IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED', 'DECLINED', 'CANCELLED')),
  booking_type text NOT NULL CHECK (booking_type IN ('FIRM_BOOKED', 'REQUESTED')),
  awaiting text CHECK (awaiting IN ('coach', 'client')),
  answer_by timestamptz,
  decision jsonb NOT NULL,
  policy_version integer NOT NULL DEFAULT 0,
  connection_status text NOT NULL CHECK (connection_status IN ('connected', 'not_connected')),
  client_name text NOT NULL CHECK (length(client_name) BETWEEN 1 AND 120),
  client_zone text NOT NULL,
  confirmed_at timestamptz,
  confirmed_by text CHECK (confirmed_by IN ('client', 'coach', 'system')),
  decline_code text,
  decline_reason text CHECK (length(decline_reason) <= 1000),
  cancelled_by text CHECK (cancelled_by IN ('client', 'coach', 'system')),
  cancel_reason text CHECK (length(cancel_reason) <= 1000),
  ended_at timestamptz,
  ended_from text CHECK (ended_from IN ('REQUESTED', 'FIRM_BOOKED', 'CONFIRMED')),
  ended_by text,
  policy_snapshot jsonb NOT NULL DEFAULT '{}',
  fee_minor bigint NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  price_lines jsonb NOT NULL DEFAULT '[]',
  client_notes text NOT NULL DEFAULT '' CHECK (length(client_notes) <= 4000),
  coach_notes text NOT NULL DEFAULT '' CHECK (length(coach_notes) <= 10000),
  attendance text CHECK (attendance IN ('attended', 'no_show')),
  manage_version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  FOREIGN KEY (tenant_id, offer_id) REFERENCES offers,
  FOREIGN KEY (tenant_id, client_id) REFERENCES clients,
  CHECK ((status = 'REQUESTED') = (awaiting IS NOT NULL)),
  CHECK (status NOT IN ('FIRM_BOOKED', 'CONFIRMED') OR confirmed_at IS NOT NULL),
  CHECK ((status = 'DECLINED') = (decline_code IS NOT NULL)),
  CHECK ((status = 'CANCELLED') = (cancelled_by IS NOT NULL)),
  CHECK ((status IN ('DECLINED', 'CANCELLED')) = (ended_at IS NOT NULL))
);
CREATE INDEX ON bookings (tenant_id, session_id);
CREATE INDEX ON bookings (tenant_id, client_id, created_at);
CREATE INDEX ON bookings (tenant_id, answer_by) WHERE status = 'REQUESTED';
CALL isolate_tenant('bookings');

CREATE TABLE holds (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('checkout', 'move')),
  visitor_hash text,
  address_hash text,
  offer_id uuid NOT NULL,
  booking_id uuid,
  seats integer NOT NULL DEFAULT 1 CHECK (seats >= 1),
  price_lines jsonb NOT NULL DEFAULT '[]',
  expires_at timestamptz NOT NULL,
  released_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, offer_id) REFERENCES offers,
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
  CHECK ((purpose = 'checkout') = (visitor_hash IS NOT NULL AND address_hash IS NOT NULL)),
  CHECK ((purpose = 'move') = (booking_id IS NOT NULL))
);
CREATE UNIQUE INDEX holds_one_per_visitor ON holds (tenant_id, visitor_hash, offer_id) WHERE released_at IS NULL AND purpose = 'checkout';
CREATE INDEX ON holds (tenant_id, address_hash, expires_at) WHERE released_at IS NULL;
CALL isolate_tenant('holds');

CREATE TABLE claims (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  coach_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL,
  during tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, blocked_until)) STORED,
  exclusive boolean NOT NULL DEFAULT true,
  session_id uuid,
  hold_id uuid,
  expires_at timestamptz,
  released_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions,
  FOREIGN KEY (tenant_id, hold_id) REFERENCES holds,
  CHECK (num_nonnulls(session_id, hold_id) = 1),
  CHECK ((hold_id IS NULL) = (expires_at IS NULL)),
  CHECK (ends_at > starts_at AND blocked_until >= ends_at),
  CHECK (blocked_until - starts_at <= interval '24 hours'),
  CONSTRAINT claims_no_overlap EXCLUDE USING gist (tenant_id WITH =, coach_id WITH =, during WITH &&)
    WHERE (released_at IS NULL AND exclusive)
);
CREATE INDEX ON claims (tenant_id, coach_id, starts_at) WHERE released_at IS NULL;
CREATE INDEX ON claims (tenant_id, session_id);
CREATE INDEX ON claims (tenant_id, hold_id);
CALL isolate_tenant('claims');

CREATE TABLE moves (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  booking_id uuid NOT NULL,
  hold_id uuid,
  coach_id uuid NOT NULL,
  from_starts_at timestamptz NOT NULL,
  to_starts_at timestamptz NOT NULL,
  to_ends_at timestamptz NOT NULL,
  proposed_by text NOT NULL CHECK (proposed_by IN ('client', 'coach')),
  status text NOT NULL CHECK (status IN ('pending', 'approved', 'declined', 'withdrawn')),
  reason text CHECK (length(reason) <= 1000),
  decision jsonb NOT NULL,
  answer_by timestamptz,
  created_at timestamptz NOT NULL,
  answered_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings,
  FOREIGN KEY (tenant_id, hold_id) REFERENCES holds,
  FOREIGN KEY (tenant_id, coach_id) REFERENCES coaches,
  CHECK ((status = 'pending') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX moves_one_pending ON moves (tenant_id, booking_id) WHERE status = 'pending';
CREATE INDEX ON moves (tenant_id, booking_id, created_at);
CALL isolate_tenant('moves');

CREATE TABLE feedback (
  tenant_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  comment text NOT NULL DEFAULT '' CHECK (length(comment) <= 4000),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, booking_id),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
);
CALL isolate_tenant('feedback');
`)
    .execute(db)
}
