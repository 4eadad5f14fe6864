\set n random(0, :rows - 1)
\set t :first + :n * :stride % :span
\set i :i + 1
\set hi :base + :i
\set lo random(1000000000000000, 9999999999999999)
WITH found AS (
  SELECT t.token, t.id, t.status, t.key_id, t.sealed, t.holder_sealed, t.brand, t.pan_length, t.last4, t.exp_month, t.exp_year, t.expires_at, t.uses_left
  FROM token t WHERE t.tenant_id = current_tenant() AND t.token = '0' || :t::text || :last_four::text),
logged AS (
  INSERT INTO audit_event (id, at, node, tenant_id, action, outcome, client_id, actor, credential_id, source_address, purpose, reference_type, reference_id, token_id, key_id, request_id)
  SELECT (:hi::text || :lo::text)::uuid, now(), :node::text, current_tenant(), 'DETOKENIZE', 'GRANTED', :client::text, :actor::text, :credential::text, '127.0.0.1', 'charge', 'order', 'ord-' || :n::text, found.id, found.key_id, :hi::text || :lo::text
  FROM found)
SELECT * FROM found;
