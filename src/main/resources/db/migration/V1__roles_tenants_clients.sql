-- The role the service works under. It owns nothing: it cannot change a table, nor any row it was not granted.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cardvault_app') THEN
    CREATE ROLE cardvault_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  EXECUTE format('GRANT cardvault_app TO %I', current_user);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO cardvault_app', current_schema());
END
$$;

-- Which tenant the transaction works for. Unset means none: a forgotten setting shows no rows.
CREATE FUNCTION current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('cardvault.tenant', true), '')::uuid;

CREATE TABLE tenant (
  id         uuid PRIMARY KEY,
  name       text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  status     text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE (status) ON tenant TO cardvault_app;

CREATE TABLE client (
  id                  text PRIMARY KEY,
  tenant_id           uuid NOT NULL REFERENCES tenant,
  name                text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  status              text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  scopes              text[] NOT NULL,
  reveal_levels       text[] NOT NULL DEFAULT '{}',
  purposes            text[] NOT NULL DEFAULT '{}',
  networks            text[] NOT NULL DEFAULT '{}',
  hours_from          time,
  hours_to            time,
  hours_zone          text,
  requests_per_second integer NOT NULL DEFAULT 0,
  reveals_per_day     integer NOT NULL DEFAULT 0,
  created_at          timestamptz NOT NULL,
  created_by          text NOT NULL,
  changed_at          timestamptz NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE INDEX client_changed ON client (changed_at);

CREATE TABLE client_credential (
  id          text PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES tenant,
  client_id   text NOT NULL REFERENCES client,
  secret_hash text NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz,
  revoked_at  timestamptz
);
CREATE INDEX client_credential_client ON client_credential (client_id);

GRANT SELECT, INSERT, UPDATE ON client, client_credential TO cardvault_app;

-- A client logs in before its tenant is known, so these two are open to a login as well; see docs/architecture.md.
ALTER TABLE client ENABLE ROW LEVEL SECURITY;
ALTER TABLE client FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON client
  USING (tenant_id = current_tenant() OR current_setting('cardvault.login', true) = 'on')
  WITH CHECK (tenant_id = current_tenant());
ALTER TABLE client_credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE client_credential FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON client_credential
  USING (tenant_id = current_tenant() OR current_setting('cardvault.login', true) = 'on')
  WITH CHECK (tenant_id = current_tenant());
