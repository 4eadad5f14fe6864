package dev.cardvault.outbox;

import dev.cardvault.access.TenantId;
import java.util.UUID;

/**
 * A message that this node has taken to deliver.
 *
 * @param tenant whose it is
 * @param id names it, the same at each attempt, so that a receiver can tell a repeat
 * @param attempt which attempt this is, from 1
 * @param kind what it is about
 * @param body what to send
 * @param target where to
 */
record Delivery(TenantId tenant, UUID id, int attempt, String kind, String body, Target target) {

  /**
   * Where to.
   *
   * @param destination its id
   * @param channel by which channel
   * @param address as the channel reads it
   * @param secretVersion the newest of its secrets
   * @param previousToo whether the secret before is still good
   */
  record Target(
      UUID destination, String channel, String address, int secretVersion, boolean previousToo) {}

  @Override
  public String toString() {
    return "Delivery[" + id + ", " + attempt + "]";
  }
}
