package dev.cardvault.keys;

import java.util.Locale;

/** What a managed key is for. A key is bound to its purpose by the key server. */
public enum KeyPurpose {
  /** Seals PANs and holders' names; each node has its own. */
  PAN,
  /** Keys the hash under which a PAN is found again (PCI DSS 3.5.1.1). */
  INDEX,
  /** Keys format-preserving tokens. */
  FF1,
  /** The seed of the key pair that signs access tokens. */
  ACCESS_TOKEN,
  /** Derives the secrets under which webhooks are signed. */
  WEBHOOK,
  /** Seals the private keys of connectors. */
  CONNECTOR;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As the database and the API write it. */
  public String text() {
    return text;
  }

  static KeyPurpose of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
