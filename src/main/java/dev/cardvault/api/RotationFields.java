package dev.cardvault.api;

import dev.cardvault.clients.ClientRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a secret is to be replaced.
 *
 * @param overlapSeconds how long the old one still works; absent means the 24 hours that it may be
 */
@MayBeLeftOut
record RotationFields(@Nullable Integer overlapSeconds) {

  Duration checked() {
    return overlapSeconds == null
        ? ClientRegistry.LONGEST_OVERLAP
        : Duration.ofSeconds(overlapSeconds);
  }

  /** The same, where nobody below looks whether it is allowed. */
  Duration checkedWithin() {
    Duration overlap = checked();
    if (overlap.isNegative() || overlap.compareTo(ClientRegistry.LONGEST_OVERLAP) > 0) {
      throw Fields.invalid("/overlap_seconds", "Secrets overlap by at most 24 hours");
    }
    return overlap;
  }
}
