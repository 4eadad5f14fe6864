package dev.cardvault.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.testing.Backing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connectors are made, shown, changed and taken away. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectorResourceTest {

  private static final String PAN = "4111111111111111";
  private static final String TWILIO = "'kind':'pay-connector','vendor':'twilio','mode':'live'";

  @Inject TestTenants tenants;
  @Inject DataSource dataSource;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @SuppressWarnings("NullAway.Init")
  private Roles strangers;

  @BeforeEach
  void logIn() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      strangers = Roles.ofNewTenant(tenants);
    }
  }

  @Test
  void tellsWhatToEnterAtThePlatformAndTheSecretOnce() {
    Platforms.Made made = Platforms.make(roles, TWILIO);
    made.answer()
        .then()
        .header("Cache-Control", "no-store")
        .body("id", startsWith("con_"))
        .body("profile", equalTo("default"))
        .body("enter.url", endsWith("/v1/adapters/pay-connector/" + made.id()))
        .body("enter.username", equalTo(made.id()))
        .body("enter.password", startsWith("cvn_"))
        .body("enter.bearer", equalTo(made.password()));
    roles
        .admin()
        .get("/v1/connectors/" + made.id())
        .then()
        .statusCode(200)
        .body("enter.url", equalTo(made.url()))
        .body("enter.password", nullValue())
        .body("enter.bearer", nullValue());
    roles.admin().get("/v1/connectors").then().statusCode(200).body("data.id", hasItem(made.id()));
  }

  @Test
  void storesNoSecret() throws SQLException {
    Platforms.Made made =
        Platforms.make(roles, TWILIO + ",'username':'acme','password':'chosen-by-a-person'");
    made.answer().then().body("enter.username", equalTo("acme"));
    assertEquals("chosen-by-a-person", made.password());
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT set_config('cardvault.login', 'on', true)");
      try (ResultSet rows = statement.executeQuery("SELECT c::text FROM connector c")) {
        int count = 0;
        for (; rows.next(); count++) {
          assertFalse(rows.getString(1).contains("chosen-by-a-person"));
        }
        assertTrue(count > 0);
      }
      connection.rollback();
    }
  }

  @Test
  void aConnectorForAsteriskTellsAnAddressAndAnArgument() {
    Response answer =
        Platforms.make(
                roles,
                "'kind':'fastagi','mode':'live','opens_captures':true,'fields':['pan','security_code'],"
                    + "'prompts':{'pan':'cardvault/card-number'}")
            .answer();
    answer
        .then()
        .body("enter.agi", matchesPattern("agi://127\\.0\\.0\\.1:[0-9]+/capture"))
        .body("enter.agi_argument", startsWith(answer.path("id") + ":cvn_"))
        .body("enter.url", nullValue())
        .body("fields", contains("pan", "security_code"))
        .body("prompts.pan", equalTo("cardvault/card-number"));
    Platforms.make(roles, "'kind':'fastagi','mode':'live'")
        .answer()
        .then()
        .body("enter.agi_argument", nullValue())
        .body("fields", contains("pan", "expiry"));
  }

  @Test
  void aConnectorForAmazonConnectHasTwoKeysAtMost() {
    Platforms.Made made = Platforms.make(roles, "'kind':'amazon-connect','mode':'live'");
    made.answer()
        .then()
        .body("input_keys", hasSize(1))
        .body("input_keys[0].certificate", startsWith("-----BEGIN CERTIFICATE-----"))
        .body("input_keys[0].public_key", startsWith("-----BEGIN PUBLIC KEY-----"));
    String path = "/v1/connectors/" + made.id() + "/input-keys";
    String first = made.answer().path("input_keys[0].id");
    roles
        .admin()
        .body("{\"key_id\":\"0b1c-from-connect\"}")
        .patch(path + "/" + first)
        .then()
        .statusCode(200)
        .body("input_keys[0].key_id", equalTo("0b1c-from-connect"));
    roles.admin().body("{}").post(path).then().statusCode(201).body("input_keys", hasSize(2));
    Refusal.assertProblem(ProblemCode.STATE_CONFLICT, roles.admin().body("{}").post(path));
    roles.admin().delete(path + "/" + first).then().statusCode(204);
    roles
        .admin()
        .get("/v1/connectors/" + made.id())
        .then()
        .body("input_keys", hasSize(1))
        .body("input_keys[0].id", org.hamcrest.Matchers.not(first));
    Refusal.assertProblem(ProblemCode.NOT_FOUND, roles.admin().delete(path + "/" + first));
    Platforms.Made other = Platforms.make(roles, TWILIO);
    Refusal.assertProblem(
        ProblemCode.STATE_CONFLICT,
        roles.admin().body("{}").post("/v1/connectors/" + other.id() + "/input-keys"));
  }

  @Test
  void changesAConnectorAndFeelsItAtOnce() {
    Platforms.Made made = Platforms.make(roles, TWILIO);
    hand(made).then().statusCode(200).body("error_code", nullValue());
    roles
        .admin()
        .body(
            "{\"networks\":[\"192.0.2.0/24\"],\"mode\":\"test\",\"luhn_exemptions\":[\""
                + Platforms.EXEMPT
                + "\"]}")
        .patch("/v1/connectors/" + made.id())
        .then()
        .statusCode(200)
        .body("networks", contains("192.0.2.0/24"))
        .body("mode", equalTo("test"));
    hand(made).then().statusCode(403).body("error_code", equalTo("network_denied"));
    Refusal.assertProblem(
        ProblemCode.STATE_CONFLICT,
        roles
            .admin()
            .body("{\"kind\":\"form\",\"vendor\":null}")
            .patch("/v1/connectors/" + made.id()));
    Refusal.assertProblem(
        ProblemCode.INVALID_FIELD,
        "/password",
        roles
            .admin()
            .body("{\"password\":\"another-one-chosen\"}")
            .patch("/v1/connectors/" + made.id()));
  }

  @Test
  void rotatesASecretWithAnOverlap() {
    Platforms.Made made = Platforms.make(roles, TWILIO);
    Response rotated = roles.admin().body("{}").post("/v1/connectors/" + made.id() + "/rotate");
    rotated.then().statusCode(201);
    Platforms.Made now =
        new Platforms.Made(
            made.id(), made.url(), made.username(), rotated.path("enter.password"), rotated);
    hand(made).then().statusCode(200);
    hand(now).then().statusCode(200);
    roles
        .admin()
        .body("{\"overlap_seconds\":0}")
        .post("/v1/connectors/" + made.id() + "/rotate")
        .then()
        .statusCode(201);
    hand(made).then().statusCode(401).body("error_code", equalTo("invalid_credential"));
    hand(now).then().statusCode(401);
  }

  @Test
  void whatIsTakenAwayIsGone() {
    Platforms.Made made = Platforms.make(roles, TWILIO);
    hand(made).then().statusCode(200);
    roles.admin().delete("/v1/connectors/" + made.id()).then().statusCode(204);
    hand(made).then().statusCode(404).body("error_code", equalTo("not_found"));
    Refusal.assertProblem(ProblemCode.NOT_FOUND, roles.admin().get("/v1/connectors/" + made.id()));
  }

  private static Response hand(Platforms.Made made) {
    return made.basic()
        .contentType("application/json")
        .body(Platforms.payBody("twilio", "t-" + Platforms.unused(), PAN))
        .post(made.path());
  }

  @Test
  void nobodyButTheTenantsAdministratorSeesThem() {
    Platforms.Made made = Platforms.make(roles, TWILIO);
    String path = "/v1/connectors/" + made.id();
    Refusal.assertProblem(ProblemCode.NOT_FOUND, strangers.admin().get(path));
    Refusal.assertProblem(ProblemCode.NOT_FOUND, strangers.admin().delete(path));
    Refusal.assertProblem(
        ProblemCode.NOT_FOUND, strangers.admin().body("{}").post(path + "/rotate"));
    strangers.admin().get("/v1/connectors").then().body("data", hasSize(0));
    Refusal.assertProblem(ProblemCode.SCOPE_MISSING, roles.ivr().get(path));
    Refusal.assertProblem(ProblemCode.MISSING_CREDENTIAL, Roles.anonymous().get(path));
  }

  @Test
  void writesDownEachChange() {
    Roles own = Roles.ofNewTenant(tenants);
    Platforms.Made made = Platforms.make(own, TWILIO);
    own.admin().body("{}").post("/v1/connectors/" + made.id() + "/rotate");
    own.admin().body("{\"name\":\"other\"}").patch("/v1/connectors/" + made.id());
    own.admin().get("/v1/connectors/" + made.id());
    own.admin().delete("/v1/connectors/" + made.id());
    List<String> actions = own.compliance().get("/v1/audit-events?limit=100").path("data.action");
    assertTrue(
        actions.containsAll(
            List.of(
                "CONNECTOR_CREATE",
                "CONNECTOR_ROTATE",
                "CONNECTOR_UPDATE",
                "CONNECTOR_READ",
                "CONNECTOR_DELETE")),
        actions.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'mode':'live'|MISSING_FIELD|/kind",
        "'kind':'fax','mode':'live'|INVALID_FIELD|/kind",
        "'kind':'form'|MISSING_FIELD|/mode",
        "'kind':'form','mode':'canaryZx91'|INVALID_FIELD|/mode",
        "'kind':'pay-connector','mode':'live'|MISSING_FIELD|/vendor",
        "'kind':'pay-connector','mode':'live','vendor':'canaryZx91'|INVALID_FIELD|/vendor",
        "'kind':'form','mode':'live','vendor':'twilio'|INVALID_FIELD|/vendor",
        "'kind':'form','mode':'live','answer':'html'|INVALID_FIELD|/answer",
        "'kind':'fastagi','mode':'live','answer':'data'|INVALID_FIELD|/answer",
        "'kind':'form','mode':'live','luhn_exemptions':['3065930009020004']|INVALID_FIELD|/luhn_exemptions",
        "'kind':'form','mode':'test','luhn_exemptions':['12']|INVALID_FIELD|/luhn_exemptions",
        "'kind':'form','mode':'test','luhn_exemptions':['100000000000000000000']|INVALID_FIELD|/luhn_exemptions",
        "'kind':'form','mode':'live','networks':['nowhere']|INVALID_FIELD|/networks",
        "'kind':'form','mode':'live','profile':'Not One'|INVALID_FIELD|/profile",
        "'kind':'form','mode':'live','opens_captures':true|INVALID_FIELD|/opens_captures",
        "'kind':'fastagi','mode':'live','fields':['expiry']|INVALID_FIELD|/fields",
        "'kind':'fastagi','mode':'live','fields':['pan','pan']|INVALID_FIELD|/fields",
        "'kind':'fastagi','mode':'live','prompts':{'pan':'a&b'}|INVALID_FIELD|/prompts",
        "'kind':'fastagi','mode':'live','prompts':{'hello':'a'}|INVALID_FIELD|/prompts",
        "'kind':'form','mode':'live','password':'short'|INVALID_FIELD|/password",
        "'kind':'form','mode':'live','username':'a:b'|INVALID_FIELD|/username",
        "'kind':'form','mode':'live','canaryZx91':1|UNKNOWN_FIELD|/canaryZx91",
      })
  void refusesWhatIsNone(String fields, ProblemCode code, String pointer) {
    String body = ("{'name':'x'," + fields + "}").replace('\'', '"');
    Response answer = roles.admin().body(body).post("/v1/connectors");
    if (code == ProblemCode.UNKNOWN_FIELD) {
      assertEquals(400, answer.statusCode());
    } else {
      Refusal.assertProblem(code, pointer, answer);
    }
  }

  @Test
  void aRealCardIsNoExemption() {
    Refusal.assertProblem(
        ProblemCode.PAN_IN_METADATA,
        roles
            .admin()
            .body(
                "{\"name\":\"x\",\"kind\":\"form\",\"mode\":\"test\",\"luhn_exemptions\":[\""
                    + PAN
                    + "\"]}")
            .post("/v1/connectors"));
    Refusal.assertProblem(
        ProblemCode.STATE_CONFLICT,
        roles
            .admin()
            .body(
                "{\"name\":\""
                    + Platforms.make(roles, TWILIO).answer().path("name")
                    + "\",\"kind\":\"form\",\"mode\":\"live\"}")
            .post("/v1/connectors"));
  }

  @AfterAll
  static void triedEveryEndpoint() {
    Set<String> untried = new TreeSet<>(Contract.INSTANCE.operations().keySet());
    untried.removeAll(Contract.INSTANCE.done());
    untried.removeIf(operation -> !operation.contains("/v1/connectors"));
    assertEquals(Set.of(), untried);
  }
}
