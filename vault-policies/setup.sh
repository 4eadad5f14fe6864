#!/usr/bin/env bash
# Sets up HashiCorp Vault or OpenBao for the card vault. May be run again at any time: what is
# there already is left or brought up to date; only the secret_id printed is a new one each time.
#
#   VAULT_ADDR=... VAULT_TOKEN=... setup.sh [-r ROLE] [TENANT_UUID...]
#
# Enables transit and approle, writes the policies beside this file, the roles and the audit-log
# key, and the KEK pan-kek-TENANT_UUID of each tenant named. Prints, on stdout, the role_id and a
# new secret_id of ROLE as JSON: cardvault (the service; taken when none is named),
# cardvault-bootstrap, cardvault-keys or cardvault-audit-signer.
#
# Needs curl. VAULT_CACERT and VAULT_NAMESPACE are respected. README.md tells who holds what.
set -euo pipefail

fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
note() { printf 'setup: %s\n' "$*" >&2; }

folder=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
: "${VAULT_ADDR:?set VAULT_ADDR}" "${VAULT_TOKEN:?set VAULT_TOKEN to a token that may do this}"

role=cardvault
while getopts r:h option; do
  case $option in
    r) role=$OPTARG ;;
    *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))
case $role in
  cardvault | cardvault-bootstrap | cardvault-keys | cardvault-audit-signer) ;;
  *) fail "no role is called $role" ;;
esac
for tenant; do
  [[ $tenant =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] || fail "not a lower-case UUID: $tenant"
done

# call METHOD PATH [BODY]: sets $status and $answer. The token goes in by stdin, so that it is on
# no command line that others can list.
call() {
  local options=(-sS -X "$1" -K - -w '\n%{http_code}')
  [[ -z ${VAULT_CACERT:-} ]] || options+=(--cacert "$VAULT_CACERT")
  [[ -z ${VAULT_NAMESPACE:-} ]] || options+=(-H "X-Vault-Namespace: $VAULT_NAMESPACE")
  [[ $# -lt 3 ]] || options+=(-H 'Content-Type: application/json' --data "$3")
  answer=$(curl "${options[@]}" "${VAULT_ADDR%/}/v1/$2" <<<"header = \"X-Vault-Token: $VAULT_TOKEN\"") ||
    fail "cannot reach the key server"
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
}

must() {
  call "$@"
  [[ $status == 2* ]] || fail "$1 $2 answered $status: $answer"
}

enable() { # PATH TYPE
  call POST "$1" "{\"type\":\"$2\"}"
  [[ $status == 2* || $answer == *"already in use"* ]] || fail "POST $1 answered $status: $answer"
}

policy() { # NAME
  local text
  text=$(awk '{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); printf "%s\\n", $0 }' "$folder/$1.hcl")
  must PUT "sys/policies/acl/$1" "{\"policy\":\"$text\"}"
}

key() { # NAME TYPE DERIVED: created once; one that is there must be of the wanted kind
  must POST "transit/keys/$1" \
    "{\"type\":\"$2\",\"derived\":$3,\"exportable\":false,\"allow_plaintext_backup\":false}"
  must GET "transit/keys/$1"
  local wanted
  for wanted in "\"type\":\"$2\"" "\"derived\":$3" '"exportable":false' '"allow_plaintext_backup":false'; do
    [[ $answer == *"$wanted"* ]] || fail "the key $1 is there but not with $wanted: do not use it"
  done
}

approle() { # NAME POLICIES TOKEN_TTL TOKEN_MAX_TTL SECRET_ID_TTL
  must POST "auth/approle/role/$1" "{\"token_policies\":$2,\"token_no_default_policy\":true,\
\"bind_secret_id\":true,\"token_ttl\":\"$3\",\"token_max_ttl\":\"$4\",\"secret_id_ttl\":\"$5\"}"
}

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" <<<"$answer"; }

enable sys/mounts/transit transit
enable sys/auth/approle approle
for name in cardvault-app cardvault-keys cardvault-audit-signer; do policy "$name"; done
approle cardvault '["cardvault-app","cardvault-audit-signer"]' 1h 24h 0
approle cardvault-bootstrap '["cardvault-app","cardvault-keys"]' 15m 15m 1h
approle cardvault-keys '["cardvault-keys"]' 15m 1h 24h
approle cardvault-audit-signer '["cardvault-audit-signer"]' 1h 24h 0
key audit-log ed25519 false
for tenant; do key "pan-kek-$tenant" aes256-gcm96 true; done
note "transit, approle, policies, roles, audit-log and $# tenant keys are in place"

must GET "auth/approle/role/$role/role-id"
role_id=$(field role_id)
must POST "auth/approle/role/$role/secret-id" '{}'
secret_id=$(field secret_id)
[[ -n $role_id && -n $secret_id ]] || fail "no role_id or secret_id in the answer"
printf '{"role_id":"%s","secret_id":"%s"}\n' "$role_id" "$secret_id"
