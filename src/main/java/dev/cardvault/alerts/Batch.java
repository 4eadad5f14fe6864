package dev.cardvault.alerts;

import dev.cardvault.audit.LogFollowers.Lease;
import java.util.List;

/**
 * Events that follow each other in the log.
 *
 * @param events in the order in which they became visible
 * @param usage what they add to the counts
 * @param end how far one has come after them
 */
record Batch(List<Sighting> events, Usage usage, Lease end) {}
