package dev.cardvault.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Counts requests by how long they took, in steps from which percentiles over nodes can be told.
 */
final class DurationBuckets implements MeterFilter {

  private static final double[] STEPS =
      LongStream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  private DurationBuckets() {}

  @Produces
  @Singleton
  static MeterFilter durationBuckets() {
    return new DurationBuckets();
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return id.getName().equals("http.server.requests")
        ? DistributionStatisticConfig.builder().serviceLevelObjectives(STEPS).build().merge(config)
        : config;
  }
}
