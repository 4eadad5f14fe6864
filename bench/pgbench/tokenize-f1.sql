\set i :i + 1
\set hi :base + :i
\set lo random(1000000000000000, 9999999999999999)
\set a random(1000000000000000, 9999999999999999)
\set b random(1000000000000000, 9999999999999999)
\set t random(100000000000000, 999999999999999)
WITH new AS (SELECT (:hi::text || :lo::text)::uuid AS id),
indexed AS (
  INSERT INTO pan_index (tenant_id, key_version, hmac, profile_id, slot, token_id)
  SELECT current_tenant(), 1, substr(decode(:a::text || :b::text || :lo::text || :hi::text, 'hex'), 1, :hmac_bytes), :profile::uuid, '00000000-0000-0000-0000-000000000000', new.id FROM new
  ON CONFLICT DO NOTHING RETURNING token_id),
stored AS (
  INSERT INTO token (tenant_id, created_at, changed_at, id, profile_id, token, sealed, key_id, brand, pan_length, last4, created_by)
  SELECT current_tenant(), now(), now(), token_id, :profile::uuid, '0' || :t::text, :sealed::bytea, :key::uuid, 'mastercard', 16, '1111', :client::text FROM indexed
  ON CONFLICT (tenant_id, token) DO NOTHING RETURNING id),
logged AS (
  INSERT INTO audit_event (id, at, node, tenant_id, action, outcome, client_id, actor, credential_id, source_address, token_id, key_id, request_id)
  SELECT (:hi::text || :a::text)::uuid, now(), :node::text, current_tenant(), 'TOKENIZE', 'GRANTED', :client::text, :actor::text, :credential::text, '127.0.0.1', id, :key::uuid, :hi::text || :lo::text FROM stored)
SELECT id FROM stored;
