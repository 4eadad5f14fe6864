package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.ivr.FastAgiServer;
import dev.cardvault.testing.Asterisk;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real calls on a real Asterisk, with the dialplan that the documentation shows. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
final class AsteriskTest {

  private static final Duration CALL = Duration.ofSeconds(40);
  private static final Pattern EXAMPLE =
      Pattern.compile("```\\n(; extensions.conf\\n.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  @Inject TestTenants tenants;
  @Inject FastAgiServer server;

  @BeforeAll
  static void findAsterisk() {
    if (Asterisk.program().isEmpty()) {
      System.err.println("SKIPPED: real calls, for want of an Asterisk (tools/asterisk/fetch)");
      Assumptions.abort("no Asterisk");
    }
  }

  @Test
  void aCallerKeysACardAndTheDialplanGetsItsToken() throws IOException {
    try (Asterisk asterisk = start(Roles.ofNewTenant(tenants), keying("4111111111111111#", 12))) {
      asterisk.call("pay");
      Eventually.await("the end of the call", CALL, () -> asterisk.log().contains("RESULT "));
      String log = asterisk.log();
      assertTrue(log.contains("RESULT completed visa 1111 "), log);
      assertFalse(log.contains("4111111111111111"), log);
    }
  }

  @Test
  void aCallerWhoHangsUpAbandonsTheCapture() throws IOException {
    Roles roles = Roles.ofNewTenant(tenants);
    try (Asterisk asterisk = start(roles, keying("411111", 0))) {
      asterisk.call("pay");
      Eventually.await(
          "abandoned",
          CALL,
          () ->
              roles
                  .compliance()
                  .get("/v1/audit-events?limit=100")
                  .<List<String>>path("data.action")
                  .contains("CAPTURE_ABANDON"));
      assertFalse(asterisk.log().contains("RESULT completed"), asterisk.log());
    }
  }

  private Asterisk start(Roles roles, String caller) throws IOException {
    String argument =
        Platforms.make(
                roles,
                "'kind':'fastagi','mode':'test','opens_captures':true,'prompts':{'pan':'beep'}")
            .answer()
            .path("enter.agi_argument");
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("docs/connectors.md")));
    assertTrue(example.find(), "The documentation has an example");
    String documented =
        example
            .group(1)
            .replace("127.0.0.1:4573", "127.0.0.1:" + server.port())
            .replaceFirst("VAULT_SECRET=\\S+", "VAULT_SECRET=" + argument);
    String pay =
        """
        [pay]
        exten => s,1,Gosub(pay-by-card,s,1)
         same => n,Verbose(0,RESULT ${VAULT_STATUS} ${VAULT_BRAND} ${VAULT_LAST4} ${VAULT_TOKEN})
         same => n,Hangup()
        """;
    return new Asterisk(Asterisk.program().orElseThrow(), folder, documented + "\n" + pay + caller);
  }

  /** A caller who keys {@code number}, and an expiry unless they have hung up by then. */
  private static String keying(String number, int stays) {
    String rest = stays == 0 ? "" : " same => n,Wait(2)\n same => n,SendDTMF(1230#,100,60)\n";
    return "[caller]\nexten => s,1,Wait(2)\n same => n,SendDTMF("
        + number
        + ",100,60)\n"
        + rest
        + " same => n,Wait("
        + Math.max(1, stays)
        + ")\n same => n,Hangup()\n";
  }
}
