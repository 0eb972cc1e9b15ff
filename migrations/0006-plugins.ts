import { type Kysely, sql } from 'kysely'

/** Which plugins a tenant has enabled, with their settings, secrets, entries, deliveries and log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
CREATE TABLE installations (
  tenant_id uuid NOT NULL REFERENCES tenants,
  plugin_id text NOT NULL,
  enabled boolean NOT NULL,
  config jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(config) = 'object'),
  secrets text,
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failing_in text,
  failing_since timestamptz,
  rests_until timestamptz,
  last_error text,
  healthy_at timestamptz,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, plugin_id)
);
CALL isolate_tenant('installations');

CREATE TABLE plugin_entries (
  tenant_id uuid NOT NULL,
  plugin_id text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  value jsonb NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, plugin_id, key),
  FOREIGN KEY (tenant_id, plugin_id) REFERENCES installations
);
CALL isolate_tenant('plugin_entries');

CREATE TABLE plugin_deliveries (
  tenant_id uuid NOT NULL REFERENCES tenants,
  plugin_id text NOT NULL,
  event_id uuid NOT NULL,
  event text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, plugin_id, event_id)
);
CREATE INDEX ON plugin_deliveries (tenant_id, plugin_id, created_at);
CALL isolate_tenant('plugin_deliveries');

CREATE TABLE plugin_log (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  plugin_id text NOT NULL,
  at timestamptz NOT NULL,
  operation text NOT NULL,
  ok boolean NOT NULL,
  milliseconds integer NOT NULL,
  detail text NOT NULL CHECK (length(detail) <= 2000),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, plugin_id) REFERENCES installations
);
CREATE INDEX ON plugin_log (tenant_id, plugin_id, at);
CALL isolate_tenant('plugin_log');

CREATE TABLE webhook_receipts (
  tenant_id uuid NOT NULL,
  plugin_id text NOT NULL,
  receipt text NOT NULL CHECK (length(receipt) BETWEEN 1 AND 200),
  facts jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  worked_at timestamptz,
  PRIMARY KEY (tenant_id, plugin_id, receipt),
  FOREIGN KEY (tenant_id, plugin_id) REFERENCES installations
);
CREATE INDEX ON webhook_receipts (tenant_id, plugin_id, received_at);
CALL isolate_tenant('webhook_receipts');
`)
    .execute(db)
}
