#!/bin/bash
# Run once by the database's image, in an empty database: the two logins of docs/operations.md, over TLS only.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
  -v owner="$(cat /run/secrets/owner_password)" -v service="$(cat /run/secrets/service_password)" <<'SQL'
CREATE ROLE cardvault_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE cardvault_service LOGIN PASSWORD :'service';
ALTER DATABASE cardvault OWNER TO cardvault_owner;
SQL
sed -i 's/^host\(.*\)all \(.*\)all \(.*\)all \(.*\)scram-sha-256/hostssl\1all \2all \3all \4scram-sha-256/' "$PGDATA/pg_hba.conf"
