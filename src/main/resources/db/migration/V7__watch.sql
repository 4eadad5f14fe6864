-- Looking at the audit log: by every filter, as it grows, and once a day.

-- One index for each filter. Events come in the order of time, so each value's entries are written side by side; what
-- is answered as asked needs no index by outcome, since it is everywhere.
CREATE INDEX audit_event_client ON audit_event (tenant_id, client_id, at);
CREATE INDEX audit_event_actor ON audit_event (tenant_id, actor, at);
CREATE INDEX audit_event_source ON audit_event (tenant_id, source_address, at);
CREATE INDEX audit_event_action ON audit_event (tenant_id, action, at);
CREATE INDEX audit_event_outcome ON audit_event (tenant_id, outcome, at) WHERE outcome NOT IN ('GRANTED', 'MASKED');
CREATE INDEX audit_event_purpose ON audit_event (tenant_id, purpose, at) WHERE purpose IS NOT NULL;

-- The order in which events become visible to whoever follows the log.
CREATE INDEX IF NOT EXISTS audit_event_tx ON audit_event (tx, id);

-- Whoever follows the log follows it for all tenants at once; everybody else sees one.
CREATE POLICY watched ON audit_event FOR SELECT USING (current_setting('cardvault.watch', true) = 'on');

-- How far each follower has come. One node holds the lease; `epoch` rises with each new holder. What was written before
-- `began_at` is counted, but raises no alert any more.
CREATE TABLE watch_cursor (
  name         text PRIMARY KEY,
  tx           xid8 NOT NULL DEFAULT '0',
  id           uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  at           timestamptz,
  node         text,
  epoch        bigint NOT NULL DEFAULT 0,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  began_at     timestamptz NOT NULL DEFAULT now()
);
INSERT INTO watch_cursor (name) VALUES ('alerts'), ('siem');
GRANT SELECT, UPDATE (tx, id, at, node, epoch, leased_until) ON watch_cursor TO cardvault_app;

-- What each client did in each hour; absent values are empty texts, since a key has no nulls.
CREATE TABLE usage_hour (
  tenant_id uuid NOT NULL,
  hour      timestamptz NOT NULL,
  client_id text NOT NULL,
  action    text NOT NULL,
  outcome   text NOT NULL,
  rule      text NOT NULL,
  purpose   text NOT NULL,
  events    bigint NOT NULL,
  PRIMARY KEY (tenant_id, client_id, hour, action, outcome, rule, purpose)
);
CREATE INDEX usage_hour_day ON usage_hour (tenant_id, hour);

-- Where each client has called from: networks of 256 addresses (IPv4) or /48 (IPv6).
CREATE TABLE client_network (
  tenant_id uuid NOT NULL,
  client_id text NOT NULL,
  network   text NOT NULL,
  first_at  timestamptz NOT NULL,
  last_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, client_id, network)
);

-- Tokens that nobody has a reason to touch.
CREATE TABLE decoy (
  tenant_id  uuid NOT NULL,
  token_id   uuid NOT NULL,
  note       text NOT NULL CHECK (length(note) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, token_id)
);

-- What a tenant has set otherwise than the default.
CREATE TABLE alert_rule (
  tenant_id  uuid NOT NULL,
  rule       text NOT NULL,
  enabled    boolean NOT NULL,
  threshold  integer NOT NULL CHECK (threshold > 0),
  response   text NOT NULL CHECK (response IN ('none', 'throttle', 'suspend')),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  PRIMARY KEY (tenant_id, rule)
);

CREATE TABLE alert (
  id              uuid PRIMARY KEY,
  tenant_id       uuid NOT NULL REFERENCES tenant,
  rule            text NOT NULL,
  client_id       text NOT NULL,
  about           text NOT NULL,
  summary         text NOT NULL,
  event_id        uuid NOT NULL,
  raised_at       timestamptz NOT NULL,
  last_at         timestamptz NOT NULL,
  occurrences     integer NOT NULL DEFAULT 1,
  response        text NOT NULL CHECK (response IN ('none', 'throttle', 'suspend')),
  state           text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'acknowledged', 'resolved')),
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at     timestamptz,
  resolved_by     text,
  note            text CHECK (length(note) BETWEEN 1 AND 1000)
);
-- The same thing again is one alert as long as nobody has dealt with it.
CREATE UNIQUE INDEX alert_again ON alert (tenant_id, rule, client_id, about) WHERE state <> 'resolved';
CREATE INDEX alert_newest ON alert (tenant_id, raised_at, id);

CREATE TABLE daily_review (
  tenant_id uuid NOT NULL REFERENCES tenant,
  day       date NOT NULL,
  report    jsonb NOT NULL,
  made_at   timestamptz NOT NULL,
  signed_at timestamptz,
  signed_by text,
  reviewer  text CHECK (length(reviewer) BETWEEN 1 AND 100),
  note      text CHECK (length(note) BETWEEN 1 AND 1000),
  PRIMARY KEY (tenant_id, day)
);

GRANT SELECT, INSERT, UPDATE ON usage_hour, client_network, alert_rule TO cardvault_app;
GRANT SELECT, INSERT, DELETE, UPDATE (note) ON decoy TO cardvault_app;
GRANT SELECT, INSERT, UPDATE (last_at, occurrences, state, acknowledged_at, acknowledged_by, resolved_at, resolved_by, note)
  ON alert TO cardvault_app;
GRANT SELECT, INSERT, UPDATE (signed_at, signed_by, reviewer, note) ON daily_review TO cardvault_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['usage_hour', 'client_network', 'decoy', 'alert_rule', 'alert', 'daily_review'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      $p$CREATE POLICY one_tenant ON %I
         USING (tenant_id = current_tenant() OR current_setting('cardvault.watch', true) = 'on')
         WITH CHECK (tenant_id = current_tenant() OR current_setting('cardvault.watch', true) = 'on')$p$, t);
  END LOOP;
END
$$;
