-- Keys of this vault, stored only wrapped by the key server (PCI DSS 3.6.1.2, 3.6.1.3).
CREATE TABLE managed_key (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES tenant,
  purpose     text NOT NULL CHECK (purpose IN ('pan', 'index', 'ff1', 'access_token')),
  version     integer NOT NULL CHECK (version > 0),
  wrapped     text NOT NULL,
  kek_version integer NOT NULL,
  check_value bytea NOT NULL,
  state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'retired')),
  node        text NOT NULL,
  created_at  timestamptz NOT NULL,
  retired_at  timestamptz
);
-- PAN keys belong to a node each; of the others a tenant has one row a version, whichever node makes it first.
CREATE UNIQUE INDEX managed_key_version ON managed_key (tenant_id, purpose, version) WHERE purpose <> 'pan';
CREATE INDEX managed_key_tenant ON managed_key (tenant_id, purpose, state);

GRANT SELECT, INSERT, UPDATE (wrapped, kek_version, state, retired_at) ON managed_key TO cardvault_app;
ALTER TABLE managed_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE managed_key FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON managed_key
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
