package dev.cardvault.ops;

/** The environment variables that the service reads, for docs/configuration.md and for typos. */
enum Variable {
  CARDVAULT_DB_URL(
      "Where Postgres is:"
          + " `jdbc:postgresql://HOST:5432/DATABASE?sslmode=verify-full&sslrootcert=CA.pem`."
          + " Anything below `verify-full` is refused unless the host is this machine."),
  CARDVAULT_DB_USER("The database user the service logs in as; it then works as `cardvault_app`."),
  CARDVAULT_DB_PASSWORD("That user's password."),
  CARDVAULT_DB_MIGRATE_USER(
      "The owner of the tables, who migrates them: at the start, or by the command `migrate` where"
          + " `QUARKUS_FLYWAY_MIGRATE_AT_START=false`. By default the same user."),
  CARDVAULT_DB_MIGRATE_PASSWORD("The owner's password."),
  VAULT_ADDR("Where Vault or OpenBao is; `https`, except on this machine."),
  VAULT_ROLE_ID("The id of the AppRole to log in with; see `vault-policies/`."),
  VAULT_SECRET_ID("The secret of that AppRole."),
  VAULT_TOKEN("A token, in place of an AppRole."),
  VAULT_TOKEN_FILE(
      "A file with a token that an agent of Vault keeps fresh, in place of an AppRole."),
  VAULT_KUBERNETES_ROLE(
      "The role to log in to with this pod's Kubernetes service account, in place of an AppRole."),
  VAULT_CACERT("A PEM file of the authority that signed Vault's certificate."),
  VAULT_NAMESPACE("The namespace of Vault Enterprise, or of OpenBao, to work in."),
  CARDVAULT_HTTP_PORT("The port of the API. By default 8080; health and metrics are on 9000."),
  CARDVAULT_TLS_TERMINATED(
      "`true` says that a proxy in front ends TLS and that nobody else can reach the plain port."),
  CARDVAULT_DATA(
      "The folder of the profiles `embedded` and `dev`: database, keys, `credentials.json`. By"
          + " default `data`.");

  private final String meaning;

  Variable(String meaning) {
    this.meaning = meaning;
  }

  /** What it is for, as Markdown. */
  String meaning() {
    return meaning;
  }
}
