package dev.cardvault.clients;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.TenantId;
import java.time.Instant;
import java.util.Map;

/**
 * A client as a node last read it.
 *
 * @param tenant whose client it is
 * @param id its public id
 * @param name its name, for people
 * @param suspended whether it may do nothing for now
 * @param policy its rules
 * @param credentials its credentials that are not revoked, and when each ends
 */
record ClientState(
    TenantId tenant,
    String id,
    String name,
    boolean suspended,
    ClientPolicy policy,
    Map<String, Instant> credentials) {

  ClientState {
    credentials = Map.copyOf(credentials);
  }

  /** Whether {@code credentialId} is good at {@code now}. */
  boolean honours(String credentialId, Instant now) {
    Instant end = credentials.get(credentialId);
    return end != null && now.isBefore(end);
  }
}
