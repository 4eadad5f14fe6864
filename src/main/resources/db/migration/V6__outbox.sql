-- What must reach the outside without loss, and where to.

-- Purposes are a Java enum; a list here as well would have to be changed with it.
ALTER TABLE managed_key DROP CONSTRAINT managed_key_purpose_check;
ALTER TABLE managed_key ADD CONSTRAINT managed_key_purpose_check CHECK (purpose ~ '^[a-z0-9_]{1,30}$');

CREATE TABLE destination (
  id                    uuid PRIMARY KEY,
  tenant_id             uuid NOT NULL REFERENCES tenant,
  name                  text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  channel               text NOT NULL CHECK (channel ~ '^[a-z]{1,20}$'),
  address               text NOT NULL CHECK (length(address) BETWEEN 1 AND 2000),
  kinds                 text[] NOT NULL,
  secret_version        integer NOT NULL DEFAULT 1,
  previous_secret_until timestamptz,
  status                text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'removed')),
  created_at            timestamptz NOT NULL,
  created_by            text NOT NULL
);
CREATE UNIQUE INDEX destination_name ON destination (tenant_id, name) WHERE status = 'active';
GRANT SELECT, INSERT, UPDATE (secret_version, previous_secret_until, status) ON destination TO cardvault_app;

-- `due_at` is a lease as well: who takes a message moves it ahead, and whoever does not settle it in time loses it to
-- whoever asks next. `number` orders what shares a lane.
CREATE TABLE outbox (
  tenant_id      uuid NOT NULL REFERENCES tenant,
  id             uuid NOT NULL,
  number         bigint GENERATED ALWAYS AS IDENTITY,
  destination_id uuid NOT NULL REFERENCES destination,
  kind           text NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  lane           text CHECK (length(lane) BETWEEN 1 AND 100),
  body           text NOT NULL,
  state          text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts       integer NOT NULL DEFAULT 0,
  last_result    text,
  node           text,
  created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at     timestamptz NOT NULL,
  settled_at     timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE state = 'waiting';
CREATE INDEX outbox_lane ON outbox (tenant_id, destination_id, lane, number) WHERE state = 'waiting';
CREATE INDEX outbox_newest ON outbox (tenant_id, destination_id, number);
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE state <> 'waiting';
GRANT SELECT, INSERT, DELETE, UPDATE (state, attempts, last_result, node, due_at, settled_at) ON outbox TO cardvault_app;

-- Whoever delivers goes through all tenants at once; everybody else sees one.
ALTER TABLE destination ENABLE ROW LEVEL SECURITY;
ALTER TABLE destination FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON destination
  USING (tenant_id = current_tenant() OR current_setting('cardvault.outbox', true) = 'on')
  WITH CHECK (tenant_id = current_tenant());
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON outbox
  USING (tenant_id = current_tenant() OR current_setting('cardvault.outbox', true) = 'on')
  WITH CHECK (tenant_id = current_tenant() OR current_setting('cardvault.outbox', true) = 'on');
