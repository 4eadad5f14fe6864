package dev.cardvault.alerts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What a batch of events adds to the counts by hour, and to what is known of networks. */
final class Usage {

  private final Map<Hour, Long> hours = new HashMap<>();
  private final Map<Network, Instant[]> networks = new HashMap<>();

  /** Events of a kind in an hour. */
  record Hour(
      UUID tenant,
      Instant hour,
      String clientId,
      String action,
      String outcome,
      String rule,
      String purpose) {}

  /** A network of a client. */
  record Network(UUID tenant, String clientId, String network) {}

  /** Counts one event. */
  void add(Sighting seen, String rule, String purpose) {
    UUID tenant = seen.tenant().value();
    hours.merge(
        new Hour(
            tenant,
            seen.at().truncatedTo(ChronoUnit.HOURS),
            seen.clientId(),
            seen.action(),
            seen.outcome(),
            rule,
            purpose),
        1L,
        Long::sum);
    if (seen.source() != null && !seen.clientId().isEmpty()) {
      Network network = new Network(tenant, seen.clientId(), SourceNetwork.of(seen.source()));
      Instant[] times =
          networks.computeIfAbsent(network, n -> new Instant[] {seen.at(), seen.at()});
      times[0] = seen.at().isBefore(times[0]) ? seen.at() : times[0];
      times[1] = seen.at().isAfter(times[1]) ? seen.at() : times[1];
    }
  }

  Map<Hour, Long> hours() {
    return hours;
  }

  /** Each network with when it was first and last seen in this batch. */
  Map<Network, Instant[]> networks() {
    return networks;
  }
}
