package dev.cardvault.api;

import dev.cardvault.clients.ClientRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client's secret is to be replaced.
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
}
