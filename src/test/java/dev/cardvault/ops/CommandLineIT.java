package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.JvmOnly;
import dev.cardvault.testing.ServiceNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar's command line. */
final class CommandLineIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @JvmOnly
  @Test
  void helpNamesTheCommandsAndLoadsNothingOfQuarkus() {
    try (ServiceNode help =
        ServiceNode.with().flag("-verbose:class").arguments("--help").launch()) {
      assertEquals(0, help.awaitExit(LIMIT));
      assertTrue(help.log().contains("serve"), help.log());
      assertTrue(help.log().contains("bootstrap"), help.log());
      assertTrue(help.log().contains("dev.cardvault.Main "), "it tells of classes");
      assertFalse(help.log().contains(" io.quarkus.runtime."), "nothing of Quarkus runs");
    }
  }

  @Test
  void tellsItsVersion() {
    try (ServiceNode version = ServiceNode.with().arguments("--version").launch()) {
      assertEquals(0, version.awaitExit(LIMIT));
      assertTrue(version.log().matches("cardvault [0-9.]+\\s*"), version.log());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "bootstrap", "--nonsense"})
  void answersWrongArgumentsWithTheUsage(String argument) {
    try (ServiceNode wrong = ServiceNode.with().arguments(argument).launch()) {
      assertEquals(ExitCode.USAGE.status(), wrong.awaitExit(LIMIT));
      assertTrue(wrong.errors().contains("Usage: cardvault"), wrong.errors());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "bootstrap --tenant acme"})
  void productionNamesAllThatIsMissingAndEnds(String command) {
    try (ServiceNode bare =
        ServiceNode.with()
            .env("QUARKUS_HTTP_HOST", "0.0.0.0")
            .arguments(command.split(" ", -1))
            .launch()) {
      assertEquals(ExitCode.CONFIGURATION.status(), bare.awaitExit(LIMIT));
      for (String name :
          new String[] {
            "CARDVAULT_DB_URL",
            "CARDVAULT_DB_USER",
            "CARDVAULT_DB_PASSWORD",
            "VAULT_ADDR",
            "VAULT_ROLE_ID",
            "VAULT_SECRET_ID",
            "VAULT_TOKEN",
            "VAULT_CACERT",
            "CARDVAULT_TLS_TERMINATED"
          }) {
        assertTrue(bare.errors().contains(name), name);
      }
      assertFalse(bare.errors().contains("\tat "), "no stack trace");
      assertEquals("", bare.log());
    }
  }
}
