package dev.cardvault.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Backing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Below INFO, the client of the key server prints tokens. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestProfile(VaultClientLogTest.Talkative.class)
class VaultClientLogTest {

  @Test
  void staysQuietWhateverLevelIsSet() {
    assertTrue(Logger.getLogger("dev.cardvault").isLoggable(Level.FINE));
    for (String name :
        new String[] {
          "io.quarkus.vault",
          "io.quarkus.vault.client.VaultClient",
          "io.quarkus.vault.client.auth.VaultCachingTokenProvider",
          "io.quarkus.vault.runtime.VaultConfigSource"
        }) {
      assertFalse(Logger.getLogger(name).isLoggable(Level.FINE), name);
    }
  }

  /** An operator who wants to see everything. */
  public static final class Talkative implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.log.category.\"dev.cardvault\".level",
          "DEBUG",
          "quarkus.log.category.\"io.quarkus.vault\".level",
          "DEBUG",
          "quarkus.log.category.\"io.quarkus.vault.client.VaultClient\".level",
          "DEBUG",
          "quarkus.log.category.\"io.quarkus.vault.client\".level",
          "DEBUG");
    }
  }
}
