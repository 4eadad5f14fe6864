package dev.cardvault.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class RealVaultTest {

  @Test
  void keepsWhatItHoldsThroughSealsStopsAndKills() {
    try (RealVault vault = RealVault.own()) {
      String token = vault.token("cardvault-app");
      assertEquals(200, lookUp(vault, token));
      vault.seal();
      assertEquals(503, lookUp(vault, token));
      vault.unseal();
      assertEquals(200, lookUp(vault, token));
      vault.kill();
      assertThrows(RuntimeException.class, () -> lookUp(vault, token));
      vault.start();
      assertEquals(200, lookUp(vault, token));
      vault.stop();
      vault.start();
      assertEquals(200, lookUp(vault, token));
    }
  }

  @Test
  void isOneForAllWhoShareIt() {
    assertEquals(RealVault.shared().address(), RealVault.shared().address());
    assertEquals(403, RealVault.shared().status("no-token", "GET", "auth/token/lookup-self", ""));
  }

  private static int lookUp(RealVault vault, String token) {
    return vault.status(token, "GET", "auth/token/lookup-self", "");
  }
}
