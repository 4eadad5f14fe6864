package dev.cardvault.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class DailyReviewEndpointsTest {

  @Inject TestTenants tenants;
  @Inject TenantDatabase database;

  private Roles roles;

  @BeforeEach
  void makeATenant() {
    roles = Roles.ofNewTenant(tenants);
  }

  @Test
  void sumsTodayUpAsFarAsItHasGot() {
    roles.ivr().body("{\"card\":{\"number\":\"4111111111111111\"}}").post("/v1/tokens");
    roles.ivr().get("/v1/audit-events");
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    Eventually.await(
        "all is counted",
        Duration.ofSeconds(10),
        () ->
            roles
                .compliance()
                .get("/v1/daily-reviews/" + today)
                .jsonPath()
                .getList("report.counts.action")
                .contains("ACCESS_DENIED"));
    roles
        .compliance()
        .get("/v1/daily-reviews/" + today)
        .then()
        .statusCode(200)
        .body("over", equalTo(false))
        .body("signed_at", nullValue())
        .body("report.events", greaterThan(5))
        .body("report.counts.action", hasItems("TOKENIZE", "LOGIN", "CLIENT_CREATE"))
        .body("report.denied.rule", hasItem("scope-missing"))
        .body("report.new_networks.network", hasItem("127.0.0.0/24"));
    roles
        .compliance()
        .body("{\"reviewer\":\"Ada\"}")
        .post("/v1/daily-reviews/" + today + "/sign-off")
        .then()
        .statusCode(404);
  }

  @Test
  void isSignedOnceByAPerson() {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    makeReviewOf(day);
    roles
        .compliance()
        .get("/v1/daily-reviews")
        .then()
        .statusCode(200)
        .body("data.day", contains(day.toString()));
    String sign = "/v1/daily-reviews/" + day + "/sign-off";
    roles
        .compliance()
        .body("{\"reviewer\":\"Ada\",\"note\":\"Nothing unusual\"}")
        .post(sign)
        .then()
        .statusCode(200)
        .body("reviewer", equalTo("Ada"))
        .body("note", equalTo("Nothing unusual"));
    roles.compliance().body("{\"reviewer\":\"Bob\"}").post(sign).then().statusCode(409);
    roles.admin().body("{\"reviewer\":\"Bob\"}").post(sign).then().statusCode(403);
    roles.compliance().body("{}").post(sign).then().statusCode(400);
    roles
        .compliance()
        .get("/v1/audit-events?action=REVIEW_ATTEST")
        .then()
        .body("data.subject", hasItem(day.toString()));
    Roles.ofNewTenant(tenants).compliance().get("/v1/daily-reviews/" + day).then().statusCode(404);
  }

  private void makeReviewOf(LocalDate day) {
    TenantId tenant = roles.tenant();
    database.inTransaction(
        tenant,
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  """
                  INSERT INTO daily_review (tenant_id, day, report, made_at)
                  VALUES (?, ?, '{"events":0,"counts":[],"denied":[],"new_networks":[],"new_hours":[],"alerts":[],
                    "log":{"last_event_at":null,"counted":0,"complete":true}}', now())
                  """)) {
            insert.setObject(1, tenant.value());
            insert.setObject(2, day);
            return insert.executeUpdate();
          }
        });
  }
}
