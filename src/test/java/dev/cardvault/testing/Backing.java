package dev.cardvault.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a service under test stands on: a new database of a real Postgres, and a local key server.
 */
public final class Backing implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    TestDatabase database = TestPostgres.shared().newDatabase();
    return Map.of(
        "quarkus.datasource.jdbc.url",
        database.url(),
        "quarkus.datasource.username",
        TestDatabase.USER,
        "quarkus.datasource.password",
        "none is asked for",
        "cardvault.keys.server",
        "local",
        "cardvault.keys.keystore",
        newDirectory().resolve("keystore.json").toString());
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("cardvault-keys");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // The database goes with its server, which lives as long as the tests.
  }
}
