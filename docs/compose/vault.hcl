# A real Vault, sealed at every start until somebody unseals it.
storage "file" {
  path = "/vault/file"
}

listener "tcp" {
  address       = "[::]:8200"
  tls_cert_file = "/etc/vault/server.pem"
  tls_key_file  = "/etc/vault/server.key"
}

api_addr = "https://vault:8200"

# The container has no right to lock memory; keep swap off on the host.
disable_mlock = true
