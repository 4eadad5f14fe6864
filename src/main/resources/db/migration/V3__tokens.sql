CREATE TABLE token_profile (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL REFERENCES tenant,
  name            text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  format          text NOT NULL,
  reuse           boolean NOT NULL,
  accepted_brands text[] NOT NULL DEFAULT '{}',
  ttl_days        integer CHECK (ttl_days BETWEEN 1 AND 3650),
  max_uses        integer CHECK (max_uses > 0),
  created_at      timestamptz NOT NULL,
  created_by      text NOT NULL,
  changed_at      timestamptz NOT NULL,
  UNIQUE (tenant_id, name)
);
GRANT SELECT, INSERT, UPDATE ON token_profile TO cardvault_app;

-- A token and the card it stands for. `token` alone is what other systems hold; `sealed` alone opens to nothing.
CREATE TABLE token (
  id            uuid PRIMARY KEY,
  tenant_id     uuid NOT NULL,
  profile_id    uuid NOT NULL,
  token         text NOT NULL,
  status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'erased')),
  sealed        bytea,
  key_id        uuid,
  brand         text NOT NULL,
  pan_length    smallint NOT NULL,
  last4         text NOT NULL,
  bin           text,
  exp_month     smallint,
  exp_year      smallint,
  holder_sealed bytea,
  expires_at    timestamptz,
  max_uses      integer,
  uses_left     integer CHECK (uses_left >= 0),
  call_id       text,
  call          jsonb,
  metadata      jsonb,
  created_at    timestamptz NOT NULL,
  created_by    text NOT NULL,
  changed_at    timestamptz NOT NULL,
  CHECK ((status = 'erased') = (sealed IS NULL))
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX token_text ON token (tenant_id, token);
CREATE INDEX token_newest ON token (tenant_id, created_at, id);
CREATE INDEX token_call ON token (tenant_id, call_id) WHERE call_id IS NOT NULL;

-- Where a PAN is found again by its keyed hash (PCI DSS 3.5.1.1). `slot` is the nil UUID where the profile reuses
-- tokens, so that a PAN has one row there; otherwise it is the token's own id.
CREATE TABLE pan_index (
  tenant_id   uuid NOT NULL,
  key_version integer NOT NULL,
  hmac        bytea NOT NULL,
  profile_id  uuid NOT NULL,
  slot        uuid NOT NULL,
  token_id    uuid NOT NULL,
  PRIMARY KEY (tenant_id, key_version, hmac, profile_id, slot)
);
CREATE INDEX pan_index_token ON pan_index (token_id);

CREATE TABLE idempotency (
  tenant_id    uuid NOT NULL,
  key_hash     bytea NOT NULL,
  request_hmac bytea NOT NULL,
  result       jsonb NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key_hash)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

GRANT SELECT, INSERT, UPDATE ON token TO cardvault_app;
GRANT SELECT, INSERT, DELETE ON pan_index TO cardvault_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO cardvault_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['token_profile', 'token', 'pan_index', 'idempotency'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY one_tenant ON %I USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
  END LOOP;
END
$$;
