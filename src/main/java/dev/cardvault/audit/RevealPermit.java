package dev.cardvault.audit;

import java.util.UUID;

/**
 * Proof that a reveal is in the audit log, committed. Only {@link AuditLog} makes one, after the
 * commit, and a card cannot be opened without it: no log, no PAN (PCI DSS 10.2.1.1).
 */
public final class RevealPermit {

  private final UUID eventId;
  private final UUID tokenId;

  RevealPermit(UUID eventId, UUID tokenId) {
    this.eventId = eventId;
    this.tokenId = tokenId;
  }

  /** The committed event. */
  public UUID eventId() {
    return eventId;
  }

  /** The token whose card may be opened, and no other. */
  public UUID tokenId() {
    return tokenId;
  }
}
