# Signs the audit log's checkpoints and reads the public keys that check them, and can do nothing
# else. Verifiers get the public key from the operator too, and not only from the signer.

path "transit/sign/audit-log" {
  capabilities = ["update"]
}

path "transit/keys/audit-log" {
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
