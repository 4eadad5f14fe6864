package dev.cardvault.outbox;

import java.util.List;

/**
 * A wish for a destination.
 *
 * @param name lower-case letters, digits and dashes, 1 to 63
 * @param channel by which channel
 * @param address as the channel reads it
 * @param kinds what it is to be told, 1 to 20
 */
public record DestinationDraft(String name, String channel, String address, List<String> kinds) {

  public DestinationDraft {
    kinds = List.copyOf(kinds);
  }
}
