-- What was asked and answered. Insert only: the service's role holds no UPDATE, DELETE or TRUNCATE here
-- (PCI DSS 10.3.2). `tx` lets a sequencer order events without gaps.
CREATE TABLE audit_event (
  id             uuid NOT NULL,
  at             timestamptz NOT NULL,
  tx             xid8 NOT NULL DEFAULT pg_current_xact_id(),
  tenant_id      uuid NOT NULL,
  action         text NOT NULL,
  outcome        text NOT NULL,
  rule           text,
  client_id      text,
  actor          text,
  credential_id  text,
  source_address text,
  purpose        text,
  reference_type text,
  reference_id   text,
  call_id        text,
  token_id       uuid,
  key_id         uuid,
  subject        text,
  request_id     text,
  node           text NOT NULL,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE INDEX audit_event_newest ON audit_event (tenant_id, at, id);
CREATE INDEX audit_event_token ON audit_event (token_id, at) WHERE token_id IS NOT NULL;
CREATE INDEX audit_event_reference ON audit_event (tenant_id, reference_id, at) WHERE reference_id IS NOT NULL;
CREATE INDEX audit_event_call ON audit_event (tenant_id, call_id, at) WHERE call_id IS NOT NULL;

-- No event is ever refused for its time: what has no month of its own yet lands here.
CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;

-- Makes the partition of a month, if it is not there. The service may call it but owns no table.
CREATE FUNCTION audit_month(month date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  first date := date_trunc('month', month)::date;
  name  text := 'audit_event_' || to_char(first, 'YYYY_MM');
BEGIN
  IF to_regclass(name) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF audit_event FOR VALUES FROM (%L) TO (%L)',
                   name, first || ' 00:00+00', (first + interval '1 month')::date || ' 00:00+00');
  END IF;
END
$$;
REVOKE ALL ON FUNCTION audit_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_month(date) TO cardvault_app;
SELECT audit_month(m::date)
  FROM generate_series(date_trunc('month', now()), now() + interval '3 months', interval '1 month') m;

-- Partitions are reached through their parent alone: that is where the rows' policy stands.
GRANT SELECT, INSERT ON audit_event TO cardvault_app;
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON audit_event
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
