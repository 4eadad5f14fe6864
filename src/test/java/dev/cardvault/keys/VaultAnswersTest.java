package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.keys.KeyServerException.Kind;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.testing.Patience;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a real Vault does not give, or not when a test wants them. */
final class VaultAnswersTest {

  private static final String DECRYPT = "/v1/transit/decrypt/";
  private static final String DATA_KEY = "/v1/transit/datakey/";
  private static final String SECRET = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

  private final StubVault vault = new StubVault();
  private final Vertx vertx = Vertx.vertx();
  private final KeyThreads threads = new KeyThreads();
  private final KeyServer server =
      KeyServers.transit(
          TestConfig.of(
                  Map.of(
                      "vault.address", vault.address(),
                      "vault.role-id", "role",
                      "vault.secret-id", "secret",
                      "vault.timeout", "1s"))
              .vault(),
          vertx,
          threads);
  private final BoundKey key =
      new BoundKey(
          new KeyContext(KeyPurpose.PAN, new TenantId(UUID.randomUUID()), UUID.randomUUID()),
          new WrappedKey("vault:v1:AAAA", 1));

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    threads.stop();
    vault.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, MISMATCH, INTEGRITY_FAILURE",
    "403, DENIED, KEY_SERVER_UNAVAILABLE",
    "404, NOT_FOUND, KEY_SERVER_UNAVAILABLE",
    "412, THROTTLED, KEY_SERVER_UNAVAILABLE",
    "429, THROTTLED, KEY_SERVER_UNAVAILABLE",
    "418, GARBLED, KEY_SERVER_UNAVAILABLE",
    "500, FAILED, KEY_SERVER_UNAVAILABLE",
    "502, FAILED, KEY_SERVER_UNAVAILABLE",
    "503, FAILED, KEY_SERVER_UNAVAILABLE",
  })
  void meanSomethingEach(int status, Kind kind, ProblemCode code) {
    vault.answer(DECRYPT, status, "{\"errors\":[\"" + SECRET + "\"]}");
    KeyServerException failure = failure();
    assertEquals(kind, failure.kind());
    assertEquals(code, failure.problem().code());
    quotesNothing(failure);
  }

  @Test
  void areSealedOnlyInVaultsOwnWords() {
    vault.answer(DECRYPT, 503, "{\"errors\":[\"Vault is sealed\"]}");
    assertEquals(Kind.SEALED, failure().kind());
    assertEquals(ProblemCode.KEY_SERVER_SEALED, failure().problem().code());
    vault.answer(DECRYPT, 503, "<html>The service is sealed</html>");
    assertEquals(Kind.FAILED, failure().kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>" + SECRET + "</html>",
        "null",
        "[]",
        "{}",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"data\":{\"plaintext\":\"" + SECRET,
        "{\"data\":{\"plaintext\":\"" + SECRET + "\"}",
        "{\"data\":{\"plaintext\":\"" + SECRET + "\"}} trailing",
        "{\"data\":{\"plaintext\":\"" + SECRET + "\",\"plaintext\":\"" + SECRET + "\"}}",
        "{\"data\":{\"plaintext\":\"QUJD\"}}",
        "{\"data\":{\"plaintext\":\"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZn\"}}",
        "{\"data\":{\"plaintext\":\"not base64 !\"}}",
        "{\"data\":{\"plaintext\":12345}}",
      })
  void areRefusedWhenTheyAreNoKey(String body) {
    vault.answer(DECRYPT, 200, body);
    KeyServerException failure = failure();
    assertEquals(Kind.GARBLED, failure.kind());
    assertEquals(ProblemCode.KEY_SERVER_UNAVAILABLE, failure.problem().code());
    quotesNothing(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vault:v0:AAAA", "vault:v1:", "local:v1:AAAA", "vault:v1:A'B"})
  void areRefusedWhenTheyAreNoWrappedKey(String ciphertext) {
    vault.answer(
        DATA_KEY,
        200,
        "{\"data\":{\"plaintext\":\"" + SECRET + "\",\"ciphertext\":\"" + ciphertext + "\"}}");
    KeyServerException failure =
        assertThrows(KeyServerException.class, () -> await(server.makeDataKey(key.context())));
    assertEquals(Kind.GARBLED, failure.kind());
    quotesNothing(failure);
  }

  @Test
  void areTakenWhenTheyAreAKey() {
    vault.answer(DECRYPT, 200, "{\"data\":{\"plaintext\":\"" + SECRET + "\"},\"auth\":null}");
    assertEquals(SECRET, Base64.getEncoder().encodeToString(await(server.unwrap(key)).bytes()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|{\"initialized\":true,\"sealed\":false}|OK",
        "429|{\"initialized\":true,\"sealed\":false}|OK",
        "473|{\"initialized\":true,\"sealed\":false}|OK",
        "503|{\"initialized\":true,\"sealed\":true}|SEALED",
        "501|{\"initialized\":false,\"sealed\":true}|UNAVAILABLE",
        "503|<html>sealed</html>|UNAVAILABLE",
        "200|<html>hello</html>|UNAVAILABLE",
        "200|{}|UNAVAILABLE",
        "500|{\"initialized\":true,\"sealed\":false}|UNAVAILABLE",
      })
  void tellTheHealth(int status, String body, KeyServerHealth health) {
    vault.answer("/v1/sys/health", status, body);
    assertEquals(health, await(server.health()));
  }

  @Test
  void areNotThereWhenItIsDown() {
    vault.close();
    assertEquals(Kind.UNREACHABLE, failure().kind());
    assertEquals(KeyServerHealth.UNAVAILABLE, await(server.health()));
  }

  /** Case 4 of the list of faults. */
  @Test
  void of403LeadToOneLoginForAll() {
    vault.answer(DECRYPT, 200, "{\"data\":{\"plaintext\":\"" + SECRET + "\"}}");
    await(server.unwrap(key)).close();
    Patience.until(() -> secondsPassed(1_100));
    vault.revoke();
    List<CompletionStage<KeyBytes>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      asked.add(server.unwrap(key));
    }
    asked.forEach(stage -> await(stage).close());
    assertEquals(2, vault.logins.get());
  }

  @Test
  void of403ThatStayLeadToNoStormOfLogins() {
    await(server.health());
    vault.answer(DECRYPT, 403, "{\"errors\":[\"permission denied\"]}");
    int refused = 0;
    long end = System.nanoTime() + 2_500_000_000L;
    while (System.nanoTime() - end < 0) {
      assertEquals(Kind.DENIED, failure().kind());
      refused++;
    }
    assertFalse(vault.logins.get() > 4, () -> vault.logins + " logins");
    assertFalse(vault.calls.get() > refused + 4, () -> vault.calls + " calls");
  }

  @Test
  void toALoginThatFailsAreNotAskedForInALoop() {
    vault.loginStatus = 400;
    for (int i = 0; i < 50; i++) {
      assertEquals(Kind.DENIED, failure().kind());
    }
    assertFalse(vault.logins.get() > 3, () -> vault.logins + " logins");
  }

  @Test
  void toALoginAreRenewedInTheBackground() {
    vault.leaseSeconds = 1;
    vault.answer(DECRYPT, 200, "{\"data\":{\"plaintext\":\"" + SECRET + "\"}}");
    await(server.unwrap(key)).close();
    Patience.until(() -> secondsPassed(1_500));
    assertEquals(1, vault.logins.get());
    vault.answer("/v1/auth/token/renew-self", 403, "");
    Patience.until(() -> vault.logins.get() >= 2);
    Patience.until(this::works);
    int logins = vault.logins.get();
    assertTrue(logins <= 4, () -> logins + " logins");
  }

  private boolean works() {
    try {
      await(server.unwrap(key)).close();
      return true;
    } catch (KeyServerException notYet) {
      return false;
    }
  }

  private long since;

  private boolean secondsPassed(long millis) {
    if (since == 0) {
      since = System.nanoTime();
    }
    return System.nanoTime() - since > millis * 1_000_000;
  }

  private KeyServerException failure() {
    return assertThrows(KeyServerException.class, () -> await(server.unwrap(key)));
  }

  private static void quotesNothing(KeyServerException failure) {
    assertNull(failure.getCause());
    assertFalse(failure.toString().contains("QUJD"));
  }
}
