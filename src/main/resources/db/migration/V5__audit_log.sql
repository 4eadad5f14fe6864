-- The proven log (docs/audit-log.md): each event gets a leaf with a place of its own, and the tree over the leaves is
-- kept as C2SP tiles. `audit_event` stays what is searched, and holds the words that may be forgotten.

DO $$
DECLARE
  role text;
BEGIN
  -- Gives events their place and reads them across tenants. It can add to the log and change nothing of it.
  -- And whoever may forget what a person wrote, once that is committed to.
  FOREACH role IN ARRAY ARRAY['cardvault_sequencer', 'cardvault_privacy'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', role);
    END IF;
    EXECUTE format('GRANT %I TO %I', role, '${service_user}');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role);
  END LOOP;
END
$$;

-- Hides what a leaf commits to until it is forgotten with the words themselves. 122 bits of chance for each event.
ALTER TABLE audit_event ADD COLUMN salt uuid DEFAULT gen_random_uuid();

-- How the sequencer finds what is new.
CREATE INDEX audit_event_tx ON audit_event (tx, id);

GRANT SELECT ON audit_event, tenant TO cardvault_sequencer;
CREATE POLICY all_for_the_sequencer ON audit_event FOR SELECT TO cardvault_sequencer USING (true);

-- The log as a whole: one row. Its keys do not lead with a tenant since it is one log for all of them.
CREATE TABLE audit_state (
  one          boolean PRIMARY KEY DEFAULT true CHECK (one),
  log_id       uuid NOT NULL DEFAULT gen_random_uuid(),
  size         bigint NOT NULL DEFAULT 0,
  root         bytea NOT NULL DEFAULT sha256(''),
  sequenced_at timestamptz NOT NULL DEFAULT 'epoch',
  next_tx      xid8 NOT NULL DEFAULT '0',
  -- Who gives out places. Each new holder raises the epoch; a write under an older one changes no row.
  epoch        bigint NOT NULL DEFAULT 0,
  holder       text,
  held_until   timestamptz NOT NULL DEFAULT 'epoch',
  -- Why nobody may go on. Only the owner can clear it.
  halted       text
);
INSERT INTO audit_state DEFAULT VALUES;

CREATE FUNCTION audit_state_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'cardvault_sequencer'
     AND (NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.sequenced_at < OLD.sequenced_at
          OR OLD.halted IS NOT NULL) THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_state_changes BEFORE UPDATE ON audit_state
  FOR EACH ROW EXECUTE FUNCTION audit_state_changes();

CREATE TABLE audit_leaf (
  idx       bigint PRIMARY KEY,
  tenant_id uuid NOT NULL,
  number    bigint NOT NULL,
  event_id  uuid NOT NULL,
  leaf      bytea NOT NULL CHECK (length(leaf) <= 8192),
  UNIQUE (tenant_id, number),
  UNIQUE (tenant_id, event_id)
);
-- Hashes and commitments do not compress.
ALTER TABLE audit_leaf ALTER COLUMN leaf SET STORAGE EXTERNAL;
ALTER TABLE audit_leaf ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_leaf FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON audit_leaf FOR SELECT USING (tenant_id = current_tenant());
CREATE POLICY all_for_the_sequencer ON audit_leaf TO cardvault_sequencer USING (true) WITH CHECK (true);

-- Full tiles only: a partial one is the beginning of what is not full yet.
CREATE TABLE audit_tile (
  level  smallint NOT NULL,
  idx    bigint NOT NULL,
  hashes bytea NOT NULL CHECK (length(hashes) = 8192),
  root   bytea NOT NULL CHECK (length(root) = 32),
  PRIMARY KEY (level, idx)
);
ALTER TABLE audit_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TABLE audit_checkpoint (
  size      bigint NOT NULL,
  signed_at timestamptz NOT NULL,
  root      bytea NOT NULL CHECK (length(root) = 32),
  note      text NOT NULL,
  PRIMARY KEY (size, signed_at)
);

-- The last line of defence against a log that says two things.
CREATE FUNCTION audit_checkpoint_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM audit_checkpoint c
              WHERE c.size > NEW.size OR (c.size = NEW.size AND c.root <> NEW.root)) THEN
    RAISE EXCEPTION 'another checkpoint says otherwise' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_checkpoint_agrees BEFORE INSERT ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION audit_checkpoint_agrees();

-- The public keys that ever signed, and from when on.
CREATE TABLE audit_key (
  version    integer PRIMARY KEY,
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  used_from  timestamptz NOT NULL
);

-- What was told to somebody outside, and what came back.
CREATE TABLE audit_anchor (
  anchor   text NOT NULL,
  size     bigint NOT NULL,
  at       timestamptz NOT NULL,
  evidence text NOT NULL,
  PRIMARY KEY (anchor, size)
);

GRANT SELECT ON audit_state, audit_leaf, audit_tile, audit_checkpoint, audit_key, audit_anchor TO cardvault_app;
GRANT SELECT ON audit_state, audit_leaf, audit_tile, audit_checkpoint, audit_key, audit_anchor TO cardvault_sequencer;
GRANT INSERT ON audit_leaf, audit_tile, audit_checkpoint, audit_key, audit_anchor TO cardvault_sequencer;
GRANT UPDATE (size, root, sequenced_at, next_tx, epoch, holder, held_until, halted) ON audit_state
  TO cardvault_sequencer;

-- Forgets what was written in events of the current tenant, and the salt that would let it be guessed. Their leaves
-- stay, and every proof holds. An event that has no leaf yet stays as it is: nothing would commit to its words.
CREATE FUNCTION audit_forget(events uuid[]) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
  forgotten integer;
BEGIN
  UPDATE audit_event e
     SET salt = NULL, actor = NULL, source_address = NULL, reference_id = NULL, call_id = NULL, subject = NULL
   WHERE e.tenant_id = current_tenant() AND e.id = ANY (events)
     AND EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = current_tenant() AND l.event_id = e.id);
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END
$$;
REVOKE ALL ON FUNCTION audit_forget(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_forget(uuid[]) TO cardvault_privacy;
