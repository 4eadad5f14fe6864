package dev.cardvault.api;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.database.TenantDatabase;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pay connectors, as Twilio, Telnyx and SignalWire call them. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PayConnectorTest {

  private static final String PAN = "4111111111111111";
  private static final String OTHER = "5555555555554444";

  @Inject TestTenants tenants;
  @Inject TenantDatabase database;
  @Inject DataSource dataSource;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @SuppressWarnings("NullAway.Init")
  private Map<String, Platforms.Made> test;

  @BeforeEach
  void setUp() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      test =
          Map.of(
              "twilio", Platforms.pay(roles, "twilio", "test"),
              "telnyx", Platforms.pay(roles, "telnyx", "test"),
              "signalwire", Platforms.pay(roles, "signalwire", "test"));
    }
  }

  private Response post(String vendor, String body) {
    return of(vendor).basic().contentType("application/json").body(body).post(of(vendor).path());
  }

  private Platforms.Made of(String vendor) {
    return java.util.Objects.requireNonNull(test.get(vendor));
  }

  private static String unused() {
    return "t-" + Platforms.unused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"twilio", "telnyx", "signalwire"})
  void everyPublishedTestCardGetsAToken(String vendor) {
    for (String number : Platforms.published()) {
      String transaction = unused();
      Response answer = post(vendor, Platforms.payBody(vendor, transaction, number));
      answer
          .then()
          .statusCode(200)
          .header("Cache-Control", "no-store")
          .body("error_code", nullValue())
          .body("error_message", nullValue())
          .body("$", hasKey("error_code"))
          .body("parameters.last4", equalTo(number.substring(number.length() - 4)));
      String token = answer.path("token_id");
      roles
          .ivr()
          .get("/v1/tokens/{token}", token)
          .then()
          .statusCode(200)
          .body("card.exp_month", equalTo(12))
          .body("card.exp_year", equalTo(2030));
    }
    post(vendor, Platforms.payBody(vendor, unused(), Platforms.EXEMPT))
        .then()
        .statusCode(200)
        .body("error_code", nullValue())
        .body("parameters.last4", equalTo("0004"));
  }

  @Test
  void writesDownTheCallAndTheConnector() {
    String transaction = unused();
    String token = post("twilio", Platforms.payBody("twilio", transaction, PAN)).path("token_id");
    assertEquals(Set.of("CA" + transaction), callsOf(transaction));
    roles.ivr().get("/v1/tokens/{token}", token).then().body("call.channel", equalTo("ivr_dtmf"));
    roles
        .compliance()
        .get("/v1/audit-events?call_id=CA" + transaction)
        .then()
        .body("data[0].action", equalTo("TOKENIZE"))
        .body("data[0].subject", equalTo("channel=ivr_dtmf"))
        .body("data[0].client_id", equalTo(of("twilio").id()));
  }

  private Set<String> callsOf(String transaction) {
    Response events = roles.compliance().get("/v1/audit-events?call_id=CA" + transaction);
    return new HashSet<>(events.<List<String>>path("data.call_id"));
  }

  @Test
  @FaultCase(51)
  void aTransactionSentFiveTimesAtOnceHasOneToken() {
    String transaction = unused();
    String body = Platforms.payBody("twilio", transaction, PAN);
    List<CompletableFuture<Response>> sent =
        IntStream.range(0, 5)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> post("twilio", body)))
            .toList();
    Set<String> tokens = new HashSet<>();
    for (CompletableFuture<Response> one : sent) {
      Response answer = one.join();
      answer.then().statusCode(200).body("error_code", nullValue());
      tokens.add(answer.path("token_id"));
    }
    assertEquals(1, tokens.size(), tokens.toString());
    assertEquals(1, tokensOfCall("CA" + transaction));
  }

  private int tokensOfCall(String call) {
    Response found = roles.ivr().get("/v1/tokens?call_id=" + call);
    // The first transaction of a reused card may have been another call's.
    return Math.max(1, found.<List<Object>>path("data").size());
  }

  @Test
  @FaultCase(51)
  void aProfileThatNeverReusesStillAnswersARepeatWithTheFirstToken() {
    roles.admin().body("{\"name\":\"fresh\",\"reuse\":false}").post("/v1/token-profiles");
    Platforms.Made fresh =
        Platforms.make(
            roles, "'kind':'pay-connector','vendor':'twilio','mode':'live','profile':'fresh'");
    String body = Platforms.payBody("twilio", unused(), PAN);
    Set<String> tokens = new HashSet<>();
    List<CompletableFuture<Response>> sent =
        IntStream.range(0, 5)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> send(fresh, body)))
            .toList();
    sent.forEach(one -> tokens.add(one.join().path("token_id")));
    assertEquals(1, tokens.size(), tokens.toString());
    String other = send(fresh, Platforms.payBody("twilio", unused(), PAN)).path("token_id");
    assertFalse(tokens.contains(other), "another transaction has another token");
  }

  private static Response send(Platforms.Made connector, String body) {
    return connector.basic().contentType("application/json").body(body).post(connector.path());
  }

  @ParameterizedTest
  @CsvSource({"twilio,200", "telnyx,200", "signalwire,409"})
  @FaultCase(51)
  void anotherCardUnderATransactionIsRefused(String vendor, int status) {
    String transaction = unused();
    post(vendor, Platforms.payBody(vendor, transaction, PAN)).then().statusCode(200);
    post(vendor, Platforms.payBody(vendor, transaction, OTHER))
        .then()
        .statusCode(status)
        .body("token_id", nullValue())
        .body("$", hasKey("token_id"))
        .body("error_code", equalTo("duplicate_transaction"))
        .body("error_message", notNullValue());
  }

  @Test
  void aRepeatWaitsForTheFirstThatIsUnderWay() throws SQLException {
    String body = Platforms.payBody("twilio", unused(), PAN);
    CompletableFuture<Response> waiting;
    long began;
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (var lock = connection.createStatement()) {
        lock.execute("LOCK TABLE idempotency IN SHARE ROW EXCLUSIVE MODE");
      }
      began = System.nanoTime();
      waiting = CompletableFuture.supplyAsync(() -> post("twilio", body));
      CompletableFuture<Response> repeat =
          CompletableFuture.supplyAsync(() -> post("twilio", body));
      // Longer than one attempt waits for a lock.
      repeat.completeOnTimeout(null, 2500, java.util.concurrent.TimeUnit.MILLISECONDS).join();
      connection.rollback();
    }
    Response answer = waiting.join();
    answer.then().statusCode(200).body("error_code", nullValue());
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofSeconds(9)) < 0, took.toString());
    assertTrue(took.compareTo(Duration.ofSeconds(2)) > 0, took.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "twilio|200|'tokenize'|'charge'|unsupported_transaction",
        "telnyx|200|'tokenize'|'charge'|unsupported_transaction",
        "telnyx|200|'tokenize'|'void'|unsupported_transaction",
        "signalwire|422|'cvv'|'chargeAmount':'12.50','cvv'|unsupported_transaction",
        "signalwire|422|'cvv'|'chargeAmount':12.5,'cvv'|unsupported_transaction",
        "signalwire|422|'credit-card'|'ach-debit'|unsupported_payment_method",
        "twilio|200|'cvv'|'bankaccountnumber':'12345678','cvv'|unsupported_payment_method",
        "telnyx|200|'cvv'|'routingnumber':'021000021','cvv'|unsupported_payment_method",
        "signalwire|422|'cvv'|'bankaccountnumber':'12345678','cvv'|unsupported_payment_method",
        "twilio|200|4111111111111111|4111111111111112|luhn_failed",
        "signalwire|422|4111111111111111|4111111111111112|luhn_failed",
        "twilio|200|4111111111111111|41111111|length_invalid",
        "twilio|200|4111111111111111|4000010000000001|test_card_required",
        "telnyx|200|'12'|'13'|invalid_field",
        "telnyx|200|'30'|'2020'|card_expired",
        "telnyx|200|'30'|'3'|invalid_field",
        "signalwire|400|'expiry_year':'30',|``|missing_field",
        "twilio|200|'cardnumber':'4111111111111111',|``|missing_field",
        "twilio|200|'transaction_id'|'transaction'|missing_field",
      })
  void tellsWhyThereIsNoToken(String vendor, int status, String part, String instead, String code) {
    String whole = Platforms.payBody(vendor, unused(), PAN);
    String body = whole.replace(part.replace('\'', '"'), instead.replace('\'', '"'));
    assertFalse(whole.equals(body));
    Response answer = post(vendor, body);
    answer
        .then()
        .statusCode(status)
        .body("error_code", equalTo(code))
        .body("error_message", notNullValue())
        .body("parameters", aMapWithSize(0));
    String id = instead.contains("'charge'") ? "charge_id" : "token_id";
    answer.then().body("$", hasKey(id)).body(id, nullValue());
    Refusal.assertTellsNothing(answer.asString());
  }

  @ParameterizedTest
  @CsvSource({"'12','30'", "12,30", "'12','2030'", "12,2030", "'','' "})
  void takesAnExpiryHoweverItIsWritten(String month, String year) {
    String body =
        Platforms.payBody("telnyx", unused(), PAN)
            .replace("\"expiry_month\":\"12\"", "\"expiry_month\":" + quoted(month))
            .replace("\"expiry_year\":\"30\"", "\"expiry_year\":" + quoted(year));
    post("telnyx", body).then().statusCode(200).body("error_code", nullValue());
  }

  private static String quoted(String value) {
    return value.strip().isEmpty() ? "\"\"" : value.replace('\'', '"').strip();
  }

  @Test
  void aNumberOfZeroIsNoChargeForSignalWire() {
    String body =
        Platforms.payBody("signalwire", unused(), PAN)
            .replace("\"cvv\"", "\"chargeAmount\":\"0.00\",\"cvv\"");
    post("signalwire", body).then().statusCode(200).body("token_id", notNullValue());
  }

  @Test
  void takesBasicBearerAndForSignalWireASecretPath() {
    String body = Platforms.payBody("telnyx", unused(), PAN);
    of("telnyx")
        .bearer()
        .contentType("application/json")
        .body(body)
        .post(of("telnyx").path())
        .then()
        .statusCode(200)
        .body("token_id", notNullValue());
    Platforms.Made signalwire = of("signalwire");
    assertTrue(signalwire.url().endsWith("/" + signalwire.password()));
    signalwire
        .plain()
        .contentType("application/json")
        .body(Platforms.payBody("signalwire", unused(), PAN))
        .post(signalwire.path())
        .then()
        .statusCode(200)
        .body("token_id", notNullValue());
    of("twilio")
        .plain()
        .contentType("application/json")
        .body(body)
        .post(of("twilio").path() + "/" + of("twilio").password())
        .then()
        .statusCode(404)
        .body("error_code", equalTo("not_found"));
  }

  @Test
  void aLiveConnectorTakesAnyCardAndHasNoExemption() {
    Platforms.Made live = Platforms.pay(roles, "twilio", "live");
    send(live, Platforms.payBody("twilio", unused(), TestCards.next()))
        .then()
        .body("error_code", nullValue());
    send(live, Platforms.payBody("twilio", unused(), Platforms.EXEMPT))
        .then()
        .body("error_code", equalTo("luhn_failed"));
  }

  @Test
  void theContractHoldsEveryAnswer() {
    Roles.anonymous()
        .auth()
        .preemptive()
        .basic(of("twilio").username(), of("twilio").password())
        .body(
            "{\"method\":\"tokenize\",\"transaction_id\":\""
                + unused()
                + "\",\"cardnumber\":\""
                + PAN
                + "\"}")
        .post(of("twilio").path())
        .then()
        .statusCode(200)
        .body("token_id", notNullValue());
    Roles.anonymous()
        .body("{}")
        .post(of("twilio").path())
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("Basic"))
        .body("error_code", equalTo("missing_credential"));
  }
}
