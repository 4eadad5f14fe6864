package dev.cardvault.ops;

import dev.cardvault.audit.LogState;
import dev.cardvault.keys.KeyServerHealth;
import dev.cardvault.keys.KeyServerWatch;
import dev.cardvault.sequencer.LogWatch;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * What the orchestrator asks on the management port. All of it is answered from memory, on the
 * event loop: no dependency and no busy worker can make it wait.
 */
final class HealthChecks {

  /** Beyond this, access tokens would be refused or live too long (they allow 60 s). */
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(5);

  private HealthChecks() {}

  @Produces
  @Singleton
  @Liveness
  static AsyncHealthCheck process() {
    return check(() -> HealthCheckResponse.up("process"));
  }

  @Produces
  @Singleton
  @Startup
  static AsyncHealthCheck started() {
    return check(() -> HealthCheckResponse.up("started"));
  }

  @Produces
  @Singleton
  @Readiness
  static AsyncHealthCheck database(DatabaseWatch watch) {
    return check(
        () -> {
          DatabaseState state = watch.state();
          return HealthCheckResponse.named("database")
              .status(state.answers() && state.writable())
              .withData("answers", state.answers())
              .withData("writable", state.writable())
              .build();
        });
  }

  @Produces
  @Singleton
  @Readiness
  static AsyncHealthCheck schema(DatabaseWatch watch) {
    return check(
        () -> {
          DatabaseState state = watch.state();
          return HealthCheckResponse.named("schema")
              .status(state.answers() && state.missingColumns().isEmpty())
              .withData("missing", String.join(", ", state.missingColumns()))
              .build();
        });
  }

  @Produces
  @Singleton
  @Readiness
  static AsyncHealthCheck clock(DatabaseWatch watch) {
    return check(
        () -> {
          Duration ahead = watch.state().clockAhead();
          return HealthCheckResponse.named("clock")
              .status(ahead.abs().compareTo(CLOCKS_MAY_DIFFER) <= 0)
              .withData("database_ahead_ms", ahead.toMillis())
              .build();
        });
  }

  @Produces
  @Singleton
  @Readiness
  static AsyncHealthCheck keyServer(KeyServerWatch watch) {
    return check(
        () -> {
          KeyServerHealth state = watch.state();
          return HealthCheckResponse.named("key-server")
              .status(state == KeyServerHealth.OK)
              .withData("state", state.name().toLowerCase(Locale.ROOT))
              .build();
        });
  }

  @Produces
  @Singleton
  @Readiness
  static AsyncHealthCheck auditLog(LogWatch watch, LogState state) {
    return check(
        () ->
            HealthCheckResponse.named("audit-log")
                .status(watch.isSound())
                .withData("halted", state.halted().orElse(""))
                .build());
  }

  private static AsyncHealthCheck check(Supplier<HealthCheckResponse> answer) {
    return () -> Uni.createFrom().item(answer);
  }
}
