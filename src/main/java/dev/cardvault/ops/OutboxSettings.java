package dev.cardvault.ops;

import java.util.List;

/** How messages reach the outside: over TLS. */
final class OutboxSettings {

  private static final String PLAIN_HTTP = "cardvault.outbox.plain-http";

  private OutboxSettings() {}

  static List<Complaint> complaints(Settings settings) {
    if (!settings.isTrue(PLAIN_HTTP)) {
      return List.of();
    }
    return List.of(
        new Complaint(
            PLAIN_HTTP + " is true",
            "Who may read the network sees what is told to webhooks, and may change it.",
            "Remove it, and let receivers have certificates; cardvault.outbox.trust names an"
                + " authority of your own."));
  }
}
