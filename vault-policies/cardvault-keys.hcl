# The key administrator: creates, rotates and reads the tenants' KEKs, and can open nothing.
#
# A glob stands for any number of path segments, so this one also covers keys/pan-kek-X/rotate,
# which is wanted, and keys/pan-kek-X/config, /trim and /import, which are not: those need
# parameters that are missing in the list and are refused for it. (A deny on "transit/keys/+/config"
# would not help: the rule whose first wildcard comes later wins.)
path "transit/keys/pan-kek-*" {
  capabilities = ["create", "read", "update"]

  allowed_parameters = {
    "type"                   = ["aes256-gcm96"]
    "derived"                = [true, "true"]
    "convergent_encryption"  = [false, "false"]
    "exportable"             = [false, "false"]
    "allow_plaintext_backup" = [false, "false"]
  }
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
