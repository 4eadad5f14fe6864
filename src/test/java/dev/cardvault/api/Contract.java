package dev.cardvault.api;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The written contract, {@code docs/openapi.yaml}. As a filter of RestAssured it holds every answer
 * to it, and every request that was taken.
 */
final class Contract implements Filter {

  static final Contract INSTANCE = new Contract(Path.of("docs/openapi.yaml"));

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final ObjectNode document;
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  private Contract(Path file) {
    try {
      document = (ObjectNode) new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ObjectNode document() {
    return document;
  }

  /** Every operation, like {@code GET /v1/tokens/{token}}, and what it says. */
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                method.getValue())));
    return operations;
  }

  /** What {@code name} says. */
  JsonNode operation(String name) {
    return requireNonNull(operations().get(name), name);
  }

  /** The operations that have been carried out so far and answered as the contract says. */
  Set<String> done() {
    return new TreeSet<>(done);
  }

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    Response answer = context.next(request, expected);
    String operation = operationOf(request.getMethod(), URI.create(request.getURI()).getRawPath());
    JsonNode documented = operation == null ? null : responseOf(operation, answer.statusCode());
    if (documented == null) {
      documented = resolved(document.at("/components/responses/Problem"));
    }
    check(documented, answer, operation + " " + answer.statusCode());
    if (operation != null && answer.statusCode() < 300) {
      done.add(operation);
      if (!failedInPart(answer)) {
        checkRequest(operation, request);
      }
    }
    return answer;
  }

  /** Items of a bulk call may break the rules, each for itself. */
  private static boolean failedInPart(Response answer) {
    return answer.asString().contains("\"failed\":")
        && answer.path("failed") instanceof Integer failed
        && failed > 0;
  }

  private @Nullable String operationOf(String method, String path) {
    String plain = path.replaceFirst("\\?.*", "");
    return operations().keySet().stream()
        .filter(
            operation -> {
              String[] parts = operation.split(" ", -1);
              return parts[0].equals(method)
                  && plain.matches(
                      parts[1].replace("{path}", ".+").replaceAll("\\{[a-z_]+}", "[^/]+"));
            })
        // An exact path goes before one with a variable in the same place.
        .min(Comparator.comparing(operation -> operation.contains("{")))
        .orElse(null);
  }

  private @Nullable JsonNode responseOf(String operation, int status) {
    JsonNode responses = operation(operation).get("responses");
    JsonNode response = responses.get(Integer.toString(status));
    if (response == null) {
      assertTrue(status >= 400, operation + " answers an undocumented " + status);
      response = responses.get("default");
    }
    return resolved(response);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void check(JsonNode documented, Response answer, String what) {
    assertNotNull(answer.header("X-Request-Id"), what);
    if (documented.at("/headers/Cache-Control").isObject()) {
      assertEquals("no-store", answer.header("Cache-Control"), what);
    }
    JsonNode content = documented.path("content");
    if (content.isMissingNode()) {
      assertEquals("", answer.asString(), what);
      return;
    }
    String type = answer.contentType().replaceFirst(";.*", "");
    assertTrue(content.has(type), what + " answers in an undocumented " + type);
    JsonNode schema = content.get(type).get("schema");
    // What is no JSON is told by its media type alone.
    if (schema.has("$ref")) {
      check(schema, answer.asString(), what);
    }
  }

  private void checkRequest(String operation, FilterableRequestSpecification request) {
    JsonNode schema = operation(operation).at("/requestBody/content/application~1json/schema");
    Object body = request.getBody();
    if (schema.isMissingNode()) {
      return;
    }
    check(schema, body.toString(), "The request of " + operation);
  }

  private void check(JsonNode schema, String json, String what) {
    try {
      JsonNode tree = new ObjectMapper().readTree(json);
      Set<ValidationMessage> faults = schemaOf(schema).validate(tree);
      assertTrue(faults.isEmpty(), () -> what + " is not as documented: " + faults + "\n" + json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonSchema schemaOf(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema.get("$ref").asText(),
        ref -> {
          ObjectNode whole = new ObjectMapper().createObjectNode();
          whole.put("$ref", ref);
          whole.set("components", document.get("components"));
          return SCHEMAS.getSchema(whole, STRICT);
        });
  }

  /** The texts of an array. */
  static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    StreamSupport.stream(array.spliterator(), false).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
