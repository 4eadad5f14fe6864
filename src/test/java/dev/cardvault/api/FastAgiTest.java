package dev.cardvault.api;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.ivr.FastAgiServer;
import dev.cardvault.testing.AgiPeer;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asterisk connects, as far as its protocol goes: a peer that speaks it byte by byte. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FastAgiTest {

  private static final String CARD = "4111111111111111#1230#";

  @Inject TestTenants tenants;
  @Inject FastAgiServer server;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @SuppressWarnings("NullAway.Init")
  private String argument;

  @SuppressWarnings("NullAway.Init")
  private String prompting;

  @BeforeEach
  void setUp() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      argument = connector("'opens_captures':true");
      prompting =
          connector(
              "'opens_captures':true,'prompts':{'pan':'vault/number','expiry':'vault/expiry',"
                  + "'invalid':'vault/again','completed':'vault/thanks','failed':'vault/sorry'}");
    }
  }

  private String connector(String fields) {
    return Platforms.make(roles, "'kind':'fastagi','mode':'live'," + fields)
        .answer()
        .path("enter.agi_argument");
  }

  private AgiPeer dial() {
    return new AgiPeer(server.port());
  }

  private static String newCall() {
    return "1795648142." + UUID.randomUUID().toString().substring(0, 8);
  }

  private List<String> actionsOn(String call) {
    Response events = roles.compliance().get("/v1/audit-events?limit=100&call_id=" + call);
    return events.path("data.action");
  }

  @Test
  void everyPublishedTestCardGetsAToken() {
    for (String number : Platforms.published()) {
      try (AgiPeer asterisk = dial()) {
        Map<String, String> told = asterisk.header(newCall(), argument).press(number + "#1230#");
        assertEquals("completed", told.get("VAULT_STATUS"), number);
        assertEquals(number.substring(number.length() - 4), told.get("VAULT_LAST4"));
        assertNotNull(told.get("VAULT_TOKEN"));
        assertEquals(4, told.size(), told.toString());
      }
    }
  }

  @Test
  void writesDownTheCallAndTheConnector() {
    String call = newCall();
    try (AgiPeer asterisk = dial()) {
      String token = asterisk.header(call, argument).press(CARD).get("VAULT_TOKEN");
      roles.ivr().get("/v1/tokens/{token}", token).then().statusCode(200);
    }
    Eventually.await(
        "events",
        Duration.ofSeconds(10),
        () ->
            actionsOn(call).containsAll(List.of("CAPTURE_FIELD", "TOKENIZE", "CAPTURE_COMPLETE")));
    Response events = roles.compliance().get("/v1/audit-events?limit=100&call_id=" + call);
    events
        .<List<String>>path("data.client_id")
        .forEach(client -> assertEquals(argument.split(":", 2)[0], client));
  }

  @Test
  void understandsAnAsteriskThatSendsEachByteByItself() {
    try (AgiPeer asterisk = dial()) {
      Map<String, String> told = asterisk.byteByByte().header(newCall(), argument).press(CARD);
      assertEquals("completed", told.get("VAULT_STATUS"));
    }
  }

  @Test
  void leadsACaptureThatAnApplicationOpened() {
    Response opened =
        roles
            .ivr()
            .body(
                "{\"call_id\":\"app-1\",\"channel\":\"ivr_dtmf\",\"fields\":[\"pan\",\"expiry\"]}")
            .post("/v1/captures");
    String id = opened.path("id");
    String secret = opened.path("keys_secret");
    String observer = opened.path("observer_secret");
    try (AgiPeer asterisk = dial().header(newCall(), id + ":" + observer)) {
      assertNull(asterisk.hear(), "the observer's secret sends no keys");
    }
    try (AgiPeer asterisk =
        dial().header(newCall(), id + ":" + secret, prompting.split(":", 2)[0])) {
      Map<String, String> told = asterisk.press(CARD);
      assertEquals("completed", told.get("VAULT_STATUS"));
      assertEquals(List.of("vault/number", "vault/expiry", "vault/thanks"), asterisk.played());
      roles
          .ivr()
          .get("/v1/captures/{id}", id)
          .then()
          .statusCode(200)
          .body("token.token", equalTo(told.get("VAULT_TOKEN")));
    }
  }

  @Test
  void aTestConnectorTakesPublishedTestCardsAlone() {
    String test =
        Platforms.make(roles, "'kind':'fastagi','mode':'test','opens_captures':true")
            .answer()
            .path("enter.agi_argument");
    try (AgiPeer asterisk = dial().header(newCall(), test)) {
      Map<String, String> told =
          asterisk.press("4000010000000001#".repeat(2) + "4111111111111111#1230#");
      assertEquals("1111", told.get("VAULT_LAST4"));
    }
  }

  @Test
  void clearsAFieldWithTheStar() {
    try (AgiPeer asterisk = dial()) {
      Map<String, String> told =
          asterisk.header(newCall(), argument).press("4111*4242424242424242#1230#");
      assertEquals("4242", told.get("VAULT_LAST4"));
    }
  }

  @Test
  void threeBadNumbersEndInFailureWithoutAToken() {
    try (AgiPeer asterisk = dial()) {
      Map<String, String> told =
          asterisk.header(newCall(), argument).press("4111111111111112#".repeat(3));
      assertEquals(Map.of("VAULT_STATUS", "failed"), told);
    }
  }

  @Test
  void playsPromptsAndTakesTheKeyThatInterruptsOne() {
    try (AgiPeer asterisk = dial().header(newCall(), prompting)) {
      assertEquals("STREAM FILE vault/number \"0123456789*#ABCD\"", asterisk.hear());
      asterisk.say("200 result=52 endpos=1200\n");
      Map<String, String> told = asterisk.press("11111111111111" + "2#" + "4111111111111111#1230#");
      assertEquals("completed", told.get("VAULT_STATUS"));
      assertEquals(
          List.of("vault/again", "vault/number", "vault/expiry", "vault/thanks"),
          asterisk.played());
    }
  }

  @Test
  void goesOnWithoutAPromptThatIsMissing() {
    try (AgiPeer asterisk = dial().header(newCall(), prompting)) {
      asterisk.hear();
      asterisk.say("200 result=-1 endpos=0\n");
      assertEquals("completed", asterisk.press(CARD).get("VAULT_STATUS"));
    }
  }

  @Test
  void readsAnExplanationOfSeveralLinesToItsEnd() {
    try (AgiPeer asterisk = dial().header(newCall(), prompting)) {
      asterisk.hear();
      asterisk.say(
          "520-Invalid command syntax.  Proper usage follows:\nSend the given file.\n"
              + "200 result=52\nHANG\n520 End of proper usage.\n");
      assertEquals("completed", asterisk.press(CARD).get("VAULT_STATUS"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HANGUP\n",
        "200 result=-1\n",
        "511 Command Not Permitted on a dead channel or intercept routine\n",
        "510 Invalid or unknown command\n",
        "520 End of proper usage.\n",
        "HANGUP\n200 result=-1\n",
        "nonsense\n"
      })
  void whateverEndsTheCallAbandonsItsCaptureWithinASecond(String ending) {
    String call = newCall();
    try (AgiPeer asterisk = dial().header(call, argument).pressAndStop("411111")) {
      Instant ended = Instant.now();
      asterisk.say(ending);
      assertNull(asterisk.hear());
      Eventually.await(
          "abandoned", Duration.ofSeconds(10), () -> actionsOn(call).contains("CAPTURE_ABANDON"));
      Response events =
          roles.compliance().get("/v1/audit-events?action=CAPTURE_ABANDON&call_id=" + call);
      Instant noted = Instant.parse(events.<String>path("data[0].at"));
      assertTrue(noted.isBefore(ended.plusSeconds(1)), ended + " " + noted);
      assertEquals(Map.of(), asterisk.variables());
    }
  }

  @Test
  void aConnectionThatBreaksAbandonsItsCapture() {
    String call = newCall();
    dial().header(call, argument).pressAndStop("411111").close();
    Eventually.await(
        "abandoned", Duration.ofSeconds(20), () -> actionsOn(call).contains("CAPTURE_ABANDON"));
  }

  @Test
  void strangersAreToldNothing() {
    String connector = argument.split(":", 2)[0];
    String withoutRight =
        Platforms.make(roles, "'kind':'fastagi','mode':'live'").answer().path("id");
    String form = Platforms.make(roles, "'kind':'form','mode':'live'").answer().path("id");
    for (String wrong :
        List.of(
            "",
            "secret",
            connector,
            connector + ":wrong",
            "con_" + UUID.randomUUID() + ":" + argument.split(":", 2)[1],
            withoutRight + ":x",
            form + ":x",
            "cap_x:cvk_x",
            "a".repeat(900) + ":x",
            "\u0000\u0001:\u00ff")) {
      try (AgiPeer asterisk = dial().header(newCall(), wrong)) {
        assertNull(asterisk.hear(), wrong);
      }
    }
  }

  @Test
  void aCallWithoutAnIdIsTurnedAway() {
    try (AgiPeer asterisk = dial().header("", argument)) {
      assertEquals("SET VARIABLE VAULT_STATUS \"unavailable\"", asterisk.hear());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"agi_x: 1\n", "agi_x: 11111111111111111111111111111111111111111111\n", "x\n"})
  @FaultCase(33)
  void aHeaderWithoutEndIsCutOff(String line) {
    try (AgiPeer asterisk = dial()) {
      for (int i = 0; i < 100; i++) {
        asterisk.say(line.repeat(100));
      }
      assertNull(asterisk.hear());
    }
    try (AgiPeer asterisk = dial().header(newCall(), argument)) {
      assertEquals("completed", asterisk.press(CARD).get("VAULT_STATUS"));
    }
  }

  @Test
  @FaultCase(33)
  void noiseIsCutOff() {
    for (String noise :
        List.of(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u0016\u0003\u0001".repeat(500),
            "x".repeat(5000))) {
      try (AgiPeer asterisk = dial().say(noise)) {
        assertNull(asterisk.hear());
      }
    }
  }

  @Test
  void keysThatAreNoneChangeNothing() {
    try (AgiPeer asterisk = dial().header(newCall(), argument)) {
      Map<String, String> told = asterisk.press("4111 1111A111 1111x1#1230#");
      assertEquals("completed", told.get("VAULT_STATUS"));
      assertFalse(told.containsValue(""));
    }
  }
}
