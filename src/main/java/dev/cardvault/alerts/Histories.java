package dev.cardvault.alerts;

import java.time.Instant;

/** Tells what clients used to do. */
@FunctionalInterface
interface Histories {

  /** What {@code client} did before {@code instant}. */
  History of(ClientKey client, Instant instant);
}
