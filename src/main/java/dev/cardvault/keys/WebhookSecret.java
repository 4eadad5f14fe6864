package dev.cardvault.keys;

import java.util.Base64;

/**
 * What the receiver of a webhook checks signatures with: {@code whsec_} and 256 bits in base64, as
 * the Standard Webhooks specification 1.0 writes it. The prefix lets scanners for leaked secrets
 * know it.
 */
public final class WebhookSecret {

  private final String text;

  private WebhookSecret(String text) {
    this.text = text;
  }

  static WebhookSecret copyOf(byte[] bytes) {
    return new WebhookSecret("whsec_" + Base64.getEncoder().encodeToString(bytes));
  }

  /** The secret itself, for the one answer that hands it over. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "WebhookSecret[redacted]";
  }
}
