package dev.cardvault.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.access.Purpose;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.Scope;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.Outcome;
import dev.cardvault.card.CardBrand;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.testing.Backing;
import dev.cardvault.token.TokenFormat;
import dev.cardvault.vault.TokenStatus;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The written contract is the whole contract: no more and no less than the service does. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
final class OpenApiTest {

  private static final Contract CONTRACT = Contract.INSTANCE;

  /** Every route of the service, and the method behind it. */
  private static Map<String, Method> routes() {
    Map<String, Method> routes = new TreeMap<>();
    Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .map(bean -> bean.getBeanClass())
        .filter(type -> type.isAnnotationPresent(Path.class))
        .distinct()
        .forEach(
            type ->
                Stream.of(type.getDeclaredMethods())
                    .forEach(
                        method ->
                            verbOf(method)
                                .forEach(
                                    verb ->
                                        routes.put(verb + " " + pathOf(type, method), method))));
    return routes;
  }

  private static Stream<String> verbOf(Method method) {
    return Stream.of(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .flatMap(Stream::ofNullable)
        .map(HttpMethod::value);
  }

  private static String pathOf(Class<?> type, Method method) {
    Path own = method.getAnnotation(Path.class);
    String path = type.getAnnotation(Path.class).value() + (own == null ? "" : own.value());
    // What a part of the path may look like is not part of its name.
    return path.replaceAll("\\{(\\w+):[^}]*}", "{$1}");
  }

  @Test
  void documentsEachRouteAndNoOther() {
    assertEquals(routes().keySet(), CONTRACT.operations().keySet());
  }

  @Test
  void documentsTheScopeOfEachRoute() {
    routes()
        .forEach(
            (route, method) -> {
              Needs needs = method.getAnnotation(Needs.class);
              JsonNode scopes = CONTRACT.operation(route).at("/security/0/client_credentials");
              assertEquals(
                  needs == null ? Set.of() : Set.of(needs.value().code()),
                  Contract.texts(scopes),
                  route);
            });
    assertEquals(
        codes(Scope.values(), Scope::code),
        fields("/components/securitySchemes/client_credentials/flows/clientCredentials/scopes"));
  }

  @Test
  void documentsEachCode() {
    Map<String, Set<String>> codes =
        Map.of(
            "Scope", codes(Scope.values(), Scope::code),
            "ProblemCode", codes(ProblemCode.values(), ProblemCode::code),
            "Brand", codes(CardBrand.values(), CardBrand::code),
            "RevealLevel", codes(RevealLevel.values(), RevealLevel::code),
            "Purpose", codes(Purpose.values(), Purpose::code),
            "TokenFormat", codes(TokenFormat.values(), TokenFormat::code),
            "TokenStatus", codes(TokenStatus.values(), TokenStatus::code),
            "AuditAction", codes(Action.values(), Action::name),
            "AuditOutcome", codes(Outcome.values(), Outcome::name));
    codes.forEach(
        (name, values) ->
            assertEquals(
                values,
                Contract.texts(CONTRACT.document().at("/components/schemas/" + name + "/enum")),
                name));
  }

  @Test
  void leavesNothingOpen() {
    CONTRACT
        .document()
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              if (schema.getValue().path("type").asText().equals("object")) {
                assertTrue(schema.getValue().has("additionalProperties"), schema.getKey());
              }
            });
  }

  @Test
  void servesTheDocumentAsItIsWritten() throws IOException {
    String written = Files.readString(java.nio.file.Path.of("docs/openapi.yaml"));

    assertEquals(written, served("*/*", "/openapi", "application/yaml"));
  }

  @ParameterizedTest
  @CsvSource({"application/json, /openapi", "*/*, /openapi?format=json"})
  void servesTheSameAsJson(String accept, String path) throws IOException {
    String served = served(accept, path, "application/json");

    assertEquals(CONTRACT.document(), new ObjectMapper().readTree(served));
  }

  private static String served(String accept, String path, String type) {
    return given()
        .accept(accept)
        .get(path)
        .then()
        .statusCode(200)
        .contentType(type)
        .extract()
        .asString();
  }

  private static <E> Set<String> codes(E[] values, Function<E, String> code) {
    return Stream.of(values).map(code).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> fields(String pointer) {
    Set<String> names = new TreeSet<>();
    CONTRACT.document().at(pointer).fieldNames().forEachRemaining(names::add);
    return names;
  }
}
