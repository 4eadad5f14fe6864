-- Work that takes longer than a request. A node holds a job by a lease; one that is silent loses it, and whoever takes
-- it over begins anew.
CREATE TABLE job (
  id           uuid PRIMARY KEY,
  tenant_id    uuid NOT NULL REFERENCES tenant,
  type         text NOT NULL CHECK (type ~ '^[a-z_]{1,40}$'),
  parameters   text NOT NULL,
  state        text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress     bigint NOT NULL DEFAULT 0,
  result       text,
  problem      text,
  node         text,
  attempt      integer NOT NULL DEFAULT 0,
  leased_until timestamptz,
  created_at   timestamptz NOT NULL,
  created_by   text NOT NULL,
  finished_at  timestamptz
);
CREATE INDEX job_newest ON job (tenant_id, id);
CREATE INDEX job_waiting ON job (id) WHERE state IN ('queued', 'running');
GRANT SELECT, INSERT, UPDATE (state, progress, result, problem, node, attempt, leased_until, finished_at) ON job
  TO cardvault_app;
ALTER TABLE job ENABLE ROW LEVEL SECURITY;
ALTER TABLE job FORCE ROW LEVEL SECURITY;
CREATE POLICY one_tenant ON job
  USING (tenant_id = current_tenant() OR current_setting('cardvault.jobs', true) = 'on')
  WITH CHECK (tenant_id = current_tenant() OR current_setting('cardvault.jobs', true) = 'on');
