package dev.cardvault.sequencer;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that got its place.
 *
 * @param tenant whose it is
 * @param number which of its tenant's events it is
 * @param eventId the event
 * @param bytes the leaf
 */
@SuppressWarnings("ArrayRecordComponent")
record PlacedLeaf(UUID tenant, long number, UUID eventId, byte[] bytes) {

  static PlacedLeaf of(PendingEvent event, long index, long number, Instant sequencedAt) {
    return new PlacedLeaf(
        event.tenant(), number, event.id(), event.leaf(index, number, sequencedAt).bytes());
  }
}
