package dev.cardvault.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Traces, which go to a collector of OpenTelemetry. */
@ConfigMapping(prefix = "cardvault.traces")
public interface TracesConfig {

  /**
   * Where the collector takes OTLP over HTTP, like {@code http://collector:4318}. Without it
   * nothing is traced.
   */
  Optional<URI> endpoint();

  /**
   * Which part of all requests is traced, from 0 to 1. The trace's id decides, so that services of
   * one ratio trace the same requests; whether a caller wants to be traced does not count.
   */
  @WithDefault("0.01")
  double ratio();
}
