package dev.cardvault.api;

import dev.cardvault.outbox.Destination;
import java.time.Instant;
import java.util.List;

/**
 * Where messages go.
 *
 * @param id names it
 * @param object always {@code destination}
 * @param name its name
 * @param channel by which channel
 * @param address where to
 * @param kinds what it is told
 * @param createdAt when it was made
 * @param createdBy by which client
 */
record DestinationAnswer(
    String id,
    String object,
    String name,
    String channel,
    String address,
    List<String> kinds,
    Instant createdAt,
    String createdBy) {

  static DestinationAnswer of(Destination destination) {
    return new DestinationAnswer(
        "dst_" + destination.id(),
        "destination",
        destination.name(),
        destination.channel(),
        destination.address(),
        destination.kinds(),
        destination.createdAt(),
        destination.createdBy());
  }
}
