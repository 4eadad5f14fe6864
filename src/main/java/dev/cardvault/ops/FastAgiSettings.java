package dev.cardvault.ops;

import java.util.List;

/** How Asterisk reaches the service: its protocol is readable by anyone on the way. */
final class FastAgiSettings {

  private static final String HOST = "cardvault.fastagi.host";

  private FastAgiSettings() {}

  static List<Complaint> complaints(Settings settings) {
    boolean beyond =
        settings.isTrue("cardvault.fastagi.enabled")
            && settings.value(HOST).filter(host -> !Hosts.isLoopback(host)).isPresent()
            && !settings.isTrue("cardvault.fastagi.network-is-private");
    return beyond
        ? List.of(
            new Complaint(
                "FastAGI listens to the network",
                "It has no encryption: the keys that callers press would cross the network readable by anyone on it"
                    + " (PCI DSS 4.2.1).",
                "Leave "
                    + HOST
                    + " at 127.0.0.1 and run a node beside Asterisk; or tunnel it and set"
                    + " cardvault.fastagi.network-is-private=true."))
        : List.of();
  }
}
