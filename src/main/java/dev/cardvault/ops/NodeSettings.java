package dev.cardvault.ops;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How nodes pass keys on to each other: over TLS. */
final class NodeSettings {

  private static final String ADDRESS = "cardvault.sessions.node-address";

  private NodeSettings() {}

  static List<Complaint> complaints(Settings settings) {
    return settings
        .value(ADDRESS)
        .filter(address -> !isSafe(address))
        .map(
            address ->
                List.of(
                    new Complaint(
                        ADDRESS + " is no https address",
                        "Keys of card numbers would cross the network between nodes, readable by"
                            + " anyone on it (PCI DSS 4.2.1).",
                        "Name the node by https, or, where all nodes are on this machine, by"
                            + " 127.0.0.1.")))
        .orElse(List.of());
  }

  private static boolean isSafe(String address) {
    try {
      URI uri = URI.create(address);
      return "https".equals(uri.getScheme())
          || ("http".equals(uri.getScheme())
              && Optional.ofNullable(uri.getHost()).filter(Hosts::isLoopback).isPresent());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
