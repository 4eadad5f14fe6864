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
  records     bigint NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL,
  retired_at  timestamptz
);
-- PAN keys belong to a node each; of the others a tenant has one row a version, whichever node makes it first.
CREATE UNIQUE INDEX managed_key_version ON managed_key (tenant_id, purpose, version) WHERE purpose <> 'pan';
CREATE INDEX managed_key_tenant ON managed_key (tenant_id, purpose, state);

GRANT SELECT, INSERT, UPDATE (wrapped, kek_version, state, records, retired_at) ON managed_key TO cardvault_app;
ALTER TABLE managed_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE managed_key FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON managed_key
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

-- How often a tenant's keys were rotated. All nodes look at it every few seconds, and no tenant's count tells
-- another tenant anything, so it can be read in one query for all of them.
CREATE TABLE key_rotation (
  tenant_id  uuid PRIMARY KEY REFERENCES tenant,
  generation bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON key_rotation TO cardvault_app;
ALTER TABLE key_rotation ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_rotation FORCE ROW LEVEL SECURITY;
CREATE POLICY seen_by_all ON key_rotation FOR SELECT USING (true);
CREATE POLICY one_tenant ON key_rotation
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
