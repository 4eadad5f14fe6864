package dev.cardvault.access;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one client.
 *
 * @param scopes what it may do
 * @param revealLevels how much it may see when it detokenizes; empty without that scope
 * @param purposes the purposes it may state; empty means any
 * @param networks where it may call from; empty means anywhere
 * @param hours when it may call; {@code null} means at any hour
 * @param requestsPerSecond sustained rate on one node; 0 means no limit
 * @param revealsPerDay PANs in a UTC day on one node; 0 means no limit
 */
public record ClientPolicy(
    Set<Scope> scopes,
    Set<RevealLevel> revealLevels,
    Set<Purpose> purposes,
    List<Network> networks,
    @Nullable Hours hours,
    int requestsPerSecond,
    int revealsPerDay) {

  public ClientPolicy {
    scopes = Set.copyOf(scopes);
    revealLevels = Set.copyOf(revealLevels);
    purposes = Set.copyOf(purposes);
    networks = List.copyOf(networks);
  }
}
