# Signs the audit log's checkpoints, and can do nothing else: not even read the public key, which
# verifiers get from the operator and not from the signer.

path "transit/sign/audit-log" {
  capabilities = ["update"]
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
