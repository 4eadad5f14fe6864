-- Telephony platforms that hand over cards, and what each shows to prove who it is.
CREATE TABLE connector (
  id                 uuid PRIMARY KEY,
  tenant_id          uuid NOT NULL REFERENCES tenant,
  name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  kind               text NOT NULL CHECK (kind IN ('pay-connector', 'amazon-connect', 'form', 'fastagi')),
  vendor             text CHECK (vendor IN ('twilio', 'telnyx', 'signalwire')),
  profile            text NOT NULL,
  mode               text NOT NULL CHECK (mode IN ('live', 'test')),
  -- Numbers whose check digit is wrong: no card has one of them.
  luhn_exemptions    text[] NOT NULL DEFAULT '{}',
  networks           text[] NOT NULL DEFAULT '{}',
  answer             text CHECK (answer IN ('data', 'voicexml', 'httapi')),
  opens_captures     boolean NOT NULL DEFAULT false,
  fields             text[] NOT NULL DEFAULT '{}',
  prompts            jsonb NOT NULL DEFAULT '{}',
  username           text NOT NULL,
  secret_hash        text NOT NULL,
  former_secret_hash text,
  former_until       timestamptz,
  created_at         timestamptz NOT NULL,
  created_by         text NOT NULL,
  UNIQUE (tenant_id, name),
  CHECK (mode = 'test' OR luhn_exemptions = '{}')
);

-- The key pairs under which Amazon Connect encrypts what callers key. The private half is sealed with a managed key.
CREATE TABLE connector_key (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenant,
  connector_id uuid NOT NULL REFERENCES connector ON DELETE CASCADE,
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
  certificate  text NOT NULL,
  sealed       bytea NOT NULL,
  wrapped_by   integer NOT NULL,
  created_at   timestamptz NOT NULL,
  UNIQUE (tenant_id, connector_id, name)
);

GRANT SELECT, INSERT, DELETE,
  UPDATE (name, profile, mode, luhn_exemptions, networks, answer, opens_captures, fields, prompts, secret_hash,
          former_secret_hash, former_until)
  ON connector TO cardvault_app;
GRANT SELECT, INSERT, UPDATE (name), DELETE ON connector_key TO cardvault_app;

-- A platform shows its secret before its tenant is known, as a client does at its login.
ALTER TABLE connector ENABLE ROW LEVEL SECURITY;
ALTER TABLE connector FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON connector
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
CREATE POLICY at_login ON connector FOR SELECT USING (current_setting('cardvault.login', true) = 'on');
ALTER TABLE connector_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE connector_key FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON connector_key
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
CREATE POLICY at_login ON connector_key FOR SELECT USING (current_setting('cardvault.login', true) = 'on');
