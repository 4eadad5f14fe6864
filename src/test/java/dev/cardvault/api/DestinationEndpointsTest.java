package dev.cardvault.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class DestinationEndpointsTest {

  private static final String WISH =
      "{\"name\":\"%s\",\"address\":\"https://hooks.example.com/in\",\"kinds\":[\"alert\"]}";

  @Inject TestTenants tenants;

  private Roles roles;

  @BeforeEach
  void makeATenant() {
    roles = Roles.ofNewTenant(tenants);
  }

  @Test
  void makesShowsRotatesAndRemovesADestination() {
    String id = make("siem").extract().path("destination.id");
    roles
        .admin()
        .get("/v1/destinations")
        .then()
        .statusCode(200)
        .body("data.name", contains("siem"));
    roles
        .admin()
        .get("/v1/destinations/" + id)
        .then()
        .statusCode(200)
        .body("kinds", contains("alert"))
        .body("$", not(hasKey("secret")));
    roles
        .admin()
        .post("/v1/destinations/" + id + "/rotate")
        .then()
        .statusCode(200)
        .body("secret", startsWith("whsec_"));
    roles
        .admin()
        .get("/v1/destinations/" + id + "/messages?limit=5")
        .then()
        .statusCode(200)
        .body("data", hasSize(0))
        .body("has_more", equalTo(false));
    roles.admin().delete("/v1/destinations/" + id).then().statusCode(204);
    roles.admin().get("/v1/destinations/" + id).then().statusCode(404);
  }

  @Test
  void refusesANameThatIsTaken() {
    make("twice");
    roles
        .admin()
        .body(WISH.formatted("twice"))
        .post("/v1/destinations")
        .then()
        .statusCode(409)
        .body("code", equalTo("state-conflict"));
  }

  @FaultCase(50)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "file:///etc/passwd",
        "http://127.0.0.1:9000/q/health"
      })
  void refusesAnAddressInsideTheNetwork(String address) {
    roles
        .admin()
        .body(WISH.formatted("inside").replace("https://hooks.example.com/in", address))
        .post("/v1/destinations")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-field"))
        .body("errors[0].pointer", equalTo("/address"))
        .body("detail", not(containsString(address)));
  }

  @Test
  void isForAdministratorsAlone() {
    roles
        .compliance()
        .get("/v1/destinations")
        .then()
        .statusCode(403)
        .body("code", equalTo("scope-missing"));
  }

  private ValidatableResponse make(String name) {
    return roles
        .admin()
        .body(WISH.formatted(name))
        .post("/v1/destinations")
        .then()
        .statusCode(201)
        .header("Cache-Control", "no-store")
        .body("secret", startsWith("whsec_"));
  }
}
