-- A tenant's rules for how cards are keyed. The settings are checked where they are written.
CREATE TABLE capture_profile (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenant,
  name       text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  settings   jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (tenant_id, name)
);
GRANT SELECT, INSERT, UPDATE ON capture_profile TO cardvault_app;

-- What all nodes know of a capture: who holds it and how it stands, and no digit of a card. `owner` is the name of
-- one start of one process; when it has not renewed `lease_until`, its digits are gone.
CREATE TABLE capture (
  id                   uuid PRIMARY KEY,
  tenant_id            uuid NOT NULL,
  owner                text NOT NULL,
  address              text,
  lease_until          timestamptz NOT NULL,
  state                text NOT NULL,
  keys                 bigint NOT NULL DEFAULT 0,
  call_id              text NOT NULL,
  channel              text NOT NULL,
  agent_id             text,
  media_encrypted      boolean,
  recording_suppressed boolean,
  keys_hash            bytea NOT NULL,
  observe_hash         bytea NOT NULL,
  desk_hashes          bytea[] NOT NULL DEFAULT '{}',
  token_id             uuid,
  code_kept            boolean NOT NULL DEFAULT false,
  created_at           timestamptz NOT NULL,
  expires_at           timestamptz NOT NULL,
  ended_at             timestamptz
);
CREATE INDEX capture_open ON capture (tenant_id, lease_until) WHERE ended_at IS NULL;
CREATE INDEX capture_ended ON capture (tenant_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX capture_code ON capture (tenant_id, token_id) WHERE code_kept;
GRANT SELECT, INSERT, UPDATE, DELETE ON capture TO cardvault_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['capture_profile', 'capture'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY one_tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
  END LOOP;
END
$$;
