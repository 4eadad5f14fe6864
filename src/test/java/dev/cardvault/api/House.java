package dev.cardvault.api;

import static io.restassured.RestAssured.given;

import dev.cardvault.access.TenantId;
import dev.cardvault.clients.FirstTenant;
import dev.cardvault.clients.FirstTenant.Role;
import dev.cardvault.clients.NewSecret;
import dev.cardvault.database.TenantDatabase;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** A tenant of the running service, to knock at its door in every role. */
@ApplicationScoped
class House {

  private static final String GRANT = "client_credentials";

  private final FirstTenant tenants;
  private final TenantDatabase database;
  private final DataSource dataSource;

  House(FirstTenant tenants, TenantDatabase database, DataSource dataSource) {
    this.tenants = tenants;
    this.database = database;
    this.dataSource = dataSource;
  }

  /** A new tenant with a client of each role. */
  Tenant newTenant() {
    String name = "t-" + UUID.randomUUID();
    Map<Role, NewSecret> secrets = tenants.create(name);
    return new Tenant(idOf(name), secrets);
  }

  private TenantId idOf(String name) {
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement("SELECT id FROM tenant WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new TenantId(row.getObject(1, UUID.class));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static ValidatableResponse logIn(String clientId, String secret) {
    return given()
        .auth()
        .preemptive()
        .basic(clientId, secret)
        .formParam("grant_type", GRANT)
        .post("/oauth2/token")
        .then();
  }

  static String tokenFor(String clientId, String secret) {
    return logIn(clientId, secret).statusCode(200).extract().path("access_token");
  }

  static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  static RequestSpecification withBody(String token, String json) {
    return as(token).contentType("application/json").body(json);
  }

  /** A tenant and what its clients log in with. */
  final class Tenant {
    private final TenantId id;
    private final Map<Role, NewSecret> secrets;

    Tenant(TenantId id, Map<Role, NewSecret> secrets) {
      this.id = id;
      this.secrets = secrets;
    }

    TenantId id() {
      return id;
    }

    NewSecret secret(Role role) {
      NewSecret secret = secrets.get(role);
      if (secret == null) {
        throw new IllegalStateException("There is a client of each role");
      }
      return secret;
    }

    String clientId(Role role) {
      return secret(role).client().id();
    }

    String token(Role role) {
      return tokenFor(clientId(role), secret(role).secret().reveal());
    }

    /** What the audit log tells, as "ACTION OUTCOME rule client subject". */
    List<String> events() {
      return database.inTransaction(
          id,
          connection -> {
            List<String> events = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement(
                        """
                        SELECT concat_ws(' ', action, outcome, coalesce(rule, '-'), coalesce(client_id, '-'),
                                         coalesce(subject, '-'))
                          FROM audit_event ORDER BY at, id
                        """);
                ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                events.add(rows.getString(1));
              }
            }
            return events;
          });
    }

    /** Changes rows behind the service's back, as another node would. */
    void change(String sql, String parameter) {
      database.inTransaction(
          id,
          connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
              update.setString(1, parameter);
              return update.executeUpdate();
            }
          });
    }
  }
}
