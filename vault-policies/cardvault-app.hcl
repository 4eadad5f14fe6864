# The running service: makes data keys under the tenants' KEKs, opens them, wraps them anew after
# a rotation, and looks at a KEK's versions. Nothing else: no key is created, rotated, configured,
# exported, backed up or deleted with this.

path "transit/datakey/plaintext/pan-kek-*" {
  capabilities = ["update"]
}

path "transit/decrypt/pan-kek-*" {
  capabilities = ["update"]
}

path "transit/rewrap/pan-kek-*" {
  capabilities = ["update"]
}

path "transit/keys/pan-kek-*" {
  capabilities = ["read"]
}

# Its own token.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}

path "auth/token/revoke-self" {
  capabilities = ["update"]
}
