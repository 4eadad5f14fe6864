package dev.cardvault.api;

import dev.cardvault.outbox.Destination;
import java.util.List;

/**
 * All destinations.
 *
 * @param data by name
 */
record DestinationsAnswer(List<DestinationAnswer> data) {

  static DestinationsAnswer of(List<Destination> destinations) {
    return new DestinationsAnswer(destinations.stream().map(DestinationAnswer::of).toList());
  }
}
