package dev.cardvault.clients;

/**
 * A secret that was just made; it is shown now or never.
 *
 * @param client whose it is
 * @param credentialId the credential it belongs to
 * @param secret the secret
 */
public record NewSecret(Client client, String credentialId, ClientSecret secret) {

  /** The credential it belongs to. */
  public Credential credential() {
    return client.credentials().stream()
        .filter(credential -> credential.id().equals(credentialId))
        .findFirst()
        .orElseThrow();
  }
}
