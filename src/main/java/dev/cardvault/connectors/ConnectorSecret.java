package dev.cardvault.connectors;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a platform shows: {@code cvn_} and 256 random bits, by which scanners for leaked secrets
 * know it, or what its administrator chose.
 */
public final class ConnectorSecret {

  private final String text;

  private ConnectorSecret(String text) {
    this.text = text;
  }

  static ConnectorSecret draw(SecureRandom random) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    return new ConnectorSecret(
        "cvn_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /** What somebody shows, or chose, as a secret. */
  public static ConnectorSecret of(String text) {
    return new ConnectorSecret(text);
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The secret itself, for the one answer that hands it over. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "ConnectorSecret[redacted]";
  }
}
