-- Old months of the audit log leave as archives (PCI DSS 10.5.1), and only so. The database itself makes sure: whoever
-- holds the service's login can archive and drop, but nothing that was not archived, anchored and old enough.

-- While one stands, nothing of its tenant's log leaves, and nobody's words are forgotten.
CREATE TABLE legal_hold (
  id          uuid PRIMARY KEY,
  tenant_id   uuid NOT NULL REFERENCES tenant,
  reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  placed_at   timestamptz NOT NULL,
  placed_by   text NOT NULL,
  released_at timestamptz,
  released_by text
);
CREATE INDEX legal_hold_newest ON legal_hold (tenant_id, id);
CREATE INDEX legal_hold_standing ON legal_hold (tenant_id) WHERE released_at IS NULL;
GRANT SELECT, INSERT, UPDATE (released_at, released_by) ON legal_hold TO cardvault_app;
ALTER TABLE legal_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE legal_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON legal_hold
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

-- A tenant's events of one month, in a file. The log's own events have no tenant.
CREATE TABLE audit_archive (
  tenant_id  uuid NOT NULL,
  month      date NOT NULL CHECK (month = date_trunc('month', month)),
  events     bigint NOT NULL CHECK (events > 0),
  file       text NOT NULL,
  bytes      bigint NOT NULL,
  sha256     bytea NOT NULL CHECK (length(sha256) = 32),
  -- The event that tells of it, and so anchors its hash.
  event_id   uuid NOT NULL,
  made_at    timestamptz NOT NULL,
  dropped_at timestamptz,
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, month)
);
GRANT SELECT, INSERT, UPDATE (deleted_at) ON audit_archive TO cardvault_app;
ALTER TABLE audit_archive ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_archive FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON audit_archive
  USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

CREATE FUNCTION audit_month_name(month date) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT 'audit_event_' || to_char(month, 'YYYY_MM')
$$;

-- Drops the rows of a month, all of whose events are archived. Leaves stay, and so does every proof.
CREATE FUNCTION audit_month_drop(wanted date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '3s'
AS $$
DECLARE
  first    date := date_trunc('month', wanted)::date;
  name     text := audit_month_name(first);
  before   text := current_setting('cardvault.tenant', true);
  whose    uuid;
  total    bigint;
  placed   bigint;
  last     bigint;
  highest  bigint := -1;
  archived record;
BEGIN
  -- Three whole months stay at hand, whatever the service believes (PCI DSS 10.5.1).
  IF first + interval '4 months' > date_trunc('month', now() AT TIME ZONE 'UTC') THEN
    RAISE EXCEPTION 'the month % is not old enough', first USING ERRCODE = '55000';
  END IF;
  IF to_regclass(name) IS NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('LOCK TABLE ONLY %I IN SHARE MODE', name);
  FOR whose IN EXECUTE format('SELECT DISTINCT tenant_id FROM %I', name) LOOP
    PERFORM set_config('cardvault.tenant', whose::text, true);
    IF EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = whose AND h.released_at IS NULL) THEN
      RAISE EXCEPTION 'a legal hold stands' USING ERRCODE = '55000';
    END IF;
    EXECUTE format(
      'SELECT count(*), count(l.idx), max(l.idx) FROM %I e
         LEFT JOIN audit_leaf l ON l.tenant_id = e.tenant_id AND l.event_id = e.id WHERE e.tenant_id = $1', name)
      INTO total, placed, last USING whose;
    IF placed < total THEN
      RAISE EXCEPTION 'an event has no place in the log' USING ERRCODE = '55000';
    END IF;
    -- An event without a place is beyond every anchor.
    SELECT a.events, coalesce(l.idx, 9223372036854775806) AS idx INTO archived
      FROM audit_archive a LEFT JOIN audit_leaf l ON l.tenant_id = a.tenant_id AND l.event_id = a.event_id
     WHERE a.tenant_id = whose AND a.month = first AND a.deleted_at IS NULL;
    IF archived.events IS DISTINCT FROM total THEN
      RAISE EXCEPTION 'not every event is archived' USING ERRCODE = '55000';
    END IF;
    highest := greatest(highest, last, archived.idx);
    UPDATE audit_archive SET dropped_at = now() WHERE tenant_id = whose AND month = first;
  END LOOP;
  PERFORM set_config('cardvault.tenant', coalesce(before, ''), true);
  -- Where somebody outside keeps checkpoints, each of them has one that covers the archives' own events.
  IF EXISTS (SELECT FROM audit_anchor GROUP BY anchor HAVING max(size) <= highest)
     OR NOT EXISTS (SELECT FROM audit_checkpoint WHERE size > highest) THEN
    RAISE EXCEPTION 'the archives are not anchored' USING ERRCODE = '55000';
  END IF;
  EXECUTE format('DROP TABLE %I', name);
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION audit_month_drop(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_month_drop(date) TO cardvault_privacy;

-- As before, and not while a legal hold stands.
CREATE OR REPLACE FUNCTION audit_forget(events uuid[]) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  forgotten integer;
BEGIN
  IF EXISTS (SELECT FROM legal_hold h WHERE h.tenant_id = current_tenant() AND h.released_at IS NULL) THEN
    RAISE EXCEPTION 'a legal hold stands' USING ERRCODE = '55000';
  END IF;
  UPDATE audit_event e
     SET salt = NULL, actor = NULL, source_address = NULL, reference_id = NULL, call_id = NULL, subject = NULL
   WHERE e.tenant_id = current_tenant() AND e.id = ANY (events) AND e.salt IS NOT NULL
     AND EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = current_tenant() AND l.event_id = e.id);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END
$$;
