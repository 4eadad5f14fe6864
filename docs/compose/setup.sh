#!/usr/bin/env bash
# From nothing to serving: certificates, passwords, database, key server (initialised, unsealed, set up), tables, a tenant.
# Needs Docker with Compose, openssl, curl and the image (README.md). Everything secret goes to ./state, mode 0600.
# May be run again: what is there is left. After a restart of Vault, `setup.sh unseal` opens it.
#
#   setup.sh [TENANT]      all of it; the tenant is called demo when none is named
#   setup.sh files         only what Compose reads before Vault is there: certificates, passwords
#   setup.sh unseal        only opens the key server
set -euo pipefail
umask 077
cd "$(dirname "$0")"
state=state

say() { printf 'setup: %s\n' "$*" >&2; }

certificate() { # NAME UID: for the service of that name, readable by its user alone
  [[ -e $state/tls/$1.pem ]] && return
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
    -keyout "$state/tls/$1.key" -out "$state/tls/$1.csr" 2>/dev/null
  openssl x509 -req -in "$state/tls/$1.csr" -CA "$state/tls/ca.pem" -CAkey "$state/tls/ca.key" -CAcreateserial \
    -days 397 -out "$state/tls/$1.pem" \
    -extfile <(printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth' "$1") 2>/dev/null
  rm "$state/tls/$1.csr"
  chmod 644 "$state/tls/$1.pem"
  if ! chown "$2" "$state/tls/$1.key" 2>/dev/null; then
    say "$state/tls/$1.key must belong to uid $2 (chown it as root)"
  fi
}

certificates() {
  mkdir -p "$state/tls" "$state/secrets"
  chmod 755 "$state" "$state/tls"
  if [[ ! -e $state/tls/ca.pem ]]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Cardvault on this machine" \
      -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign \
      -keyout "$state/tls/ca.key" -out "$state/tls/ca.pem" 2>/dev/null
    chmod 644 "$state/tls/ca.pem"
  fi
  certificate postgres 999
  certificate vault 100
  certificate cardvault 65532
}

passwords() {
  local name
  for name in postgres owner service; do
    [[ -e $state/secrets/$name ]] || openssl rand -hex 32 >"$state/secrets/$name"
    chown 999 "$state/secrets/$name" 2>/dev/null || true
  done
  printf 'CARDVAULT_DB_MIGRATE_USER=cardvault_owner\nCARDVAULT_DB_MIGRATE_PASSWORD=%s\n' \
    "$(<"$state/secrets/owner")" >"$state/owner.env"
  printf 'CARDVAULT_DB_PASSWORD=%s\n' "$(<"$state/secrets/service")" >"$state/service.env"
  # Compose runs nothing while a file it reads is missing; filled once there is a Vault.
  touch "$state/login.env"
}

vault() { docker compose exec -T vault vault "$@"; }

unseal() {
  local key
  if [[ ! -e $state/unseal.json ]]; then
    vault operator init -key-shares=5 -key-threshold=3 -format=json >"$state/unseal.json"
    say "$state/unseal.json holds five unseal keys: give each to another person and delete the file"
  fi
  for key in $(sed -n '/unseal_keys_b64/,/]/s/.*"\([A-Za-z0-9+/=]\{44\}\)".*/\1/p' "$state/unseal.json" | head -3); do
    vault operator unseal "$key" >/dev/null
  done
}

login() { # ROLE FILE: the credential of that role as the service reads it
  VAULT_ADDR=https://127.0.0.1:8200 VAULT_CACERT=$state/tls/ca.pem VAULT_TOKEN=$root \
    ../../vault-policies/setup.sh -r "$1" |
    sed 's/.*"role_id":"\([^"]*\)","secret_id":"\([^"]*\)".*/VAULT_ROLE_ID=\1\nVAULT_SECRET_ID=\2/' >"$2"
}

case ${1:-} in
  files) certificates; passwords; exit ;;
  unseal) unseal; exit ;;
esac
tenant=${1:-demo}

certificates
passwords
docker compose up -d --wait postgres
docker compose up -d vault
until curl -so /dev/null --cacert "$state/tls/ca.pem" https://127.0.0.1:8200/v1/sys/health; do sleep 1; done
unseal
root=$(sed -n 's/.*"root_token": *"\([^"]*\)".*/\1/p' "$state/unseal.json")
login cardvault "$state/login.env"
login cardvault-bootstrap "$state/bootstrap.env"
docker compose run --rm migrate
if [[ ! -e $state/$tenant.json ]]; then
  docker compose run --rm bootstrap --tenant "$tenant" >"$state/$tenant.json"
  say "the credentials of $tenant are in $state/$tenant.json"
fi
rm "$state/bootstrap.env"
docker compose up -d
say "serving at https://127.0.0.1:8443 (authority: $state/tls/ca.pem); Prometheus at http://127.0.0.1:9090"
say "when the keys are handed out: vault token revoke of the root token, and delete $state/unseal.json"
