package dev.cardvault.outbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where a tenant's messages go.
 *
 * @param id names it
 * @param name unique among the tenant's
 * @param channel by which channel
 * @param address as the channel reads it
 * @param kinds what it is told
 * @param secretVersion the newest of its secrets, from 1
 * @param createdAt when it was made
 * @param createdBy by which client
 */
public record Destination(
    UUID id,
    String name,
    String channel,
    String address,
    List<String> kinds,
    int secretVersion,
    Instant createdAt,
    String createdBy) {

  public Destination {
    kinds = List.copyOf(kinds);
  }
}
