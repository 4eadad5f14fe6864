package dev.cardvault.ops;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * The migrations by themselves, under the role that owns the tables. Whoever serves then needs
 * neither that role nor its password.
 */
final class Migration {

  private final Settings settings;

  Migration(Settings settings) {
    this.settings = settings;
  }

  /** Runs what is missing; several at once wait for each other. */
  int run() {
    try {
      MigrateResult result = flyway().migrate();
      System.out.printf(
          "The tables are of version %s; migrations run: %d.%n",
          result.migrationsExecuted == 0 ? result.initialSchemaVersion : result.targetSchemaVersion,
          result.migrationsExecuted);
      return ExitCode.DONE.status();
    } catch (FlywayException failed) {
      System.err.println("The tables were not migrated: " + failed.getMessage());
      return ExitCode.FAILED.status();
    }
  }

  // The same settings by which the service migrates at its start.
  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(
            value("quarkus.flyway.jdbc-url"),
            value("quarkus.flyway.username"),
            value("quarkus.flyway.password"))
        .placeholders(Map.of("service_user", value("quarkus.flyway.placeholders.service_user")))
        .load();
  }

  private String value(String name) {
    return settings.value(name).orElseThrow();
  }
}
