-- The role the service works under. It owns nothing: it cannot change a table, nor any row it was not granted.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cardvault_app') THEN
    CREATE ROLE cardvault_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- The service's own login, which may be another than the one that migrates.
  EXECUTE format('GRANT cardvault_app TO %I', '${service_user}');
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
  status_reason       text CHECK (length(status_reason) BETWEEN 1 AND 200),
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
  changed_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
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

-- Access tokens given back before they expired (RFC 7009), by their jti; a row is of no use once the token is old.
CREATE TABLE revoked_access_token (
  id         uuid PRIMARY KEY,
  tenant_id  uuid NOT NULL REFERENCES tenant,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX revoked_access_token_newest ON revoked_access_token (revoked_at);

GRANT SELECT, INSERT, UPDATE ON client, client_credential TO cardvault_app;
GRANT SELECT, INSERT ON revoked_access_token TO cardvault_app;

-- Every node reads what changed since it last looked. The time is the database's, since nodes disagree about theirs,
-- and is set here, since a change that forgets to set it would go unseen.
CREATE FUNCTION client_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER client_changes BEFORE INSERT OR UPDATE ON client
  FOR EACH ROW EXECUTE FUNCTION client_changes();
CREATE FUNCTION client_credential_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE client SET changed_at = clock_timestamp() WHERE id = NEW.client_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER client_credential_changes AFTER INSERT OR UPDATE ON client_credential
  FOR EACH ROW EXECUTE FUNCTION client_credential_changes();

-- A client logs in before its tenant is known, so these are open to a login as well; see docs/architecture.md.
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
ALTER TABLE revoked_access_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE revoked_access_token FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON revoked_access_token
  USING (tenant_id = current_tenant() OR current_setting('cardvault.login', true) = 'on')
  WITH CHECK (tenant_id = current_tenant());
