package dev.cardvault.chart;

import static dev.cardvault.chart.Rendered.containers;
import static dev.cardvault.chart.Rendered.environment;
import static dev.cardvault.chart.Rendered.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.cardvault.testing.Credentials;
import dev.cardvault.testing.RealVault;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import dev.cardvault.testing.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service with the very environment that the chart gives it: it starts, its probes
 * answer, and it exposes every metric that alerts and dashboard ask for.
 */
final class ChartStartIT {

  // Added by Prometheus when it scrapes.
  private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance", "namespace", "pod");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? [^ ]+$");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  @TempDir private static Path folder = Path.of("");
  private static Map<String, List<Map<String, String>>> exposed = Map.of();
  private static List<ServiceNode> running = new ArrayList<>();
  private static JsonNode container = new ObjectMapper().missingNode();
  private static HttpClient https = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Rendered rendered = Helm.found().render(Helm.chart().resolve("values-one-node.yaml"));
    container = containers(rendered.pod("Deployment")).get(0);
    TlsIdentity identity = TlsIdentity.create(folder);
    https = HttpClient.newBuilder().sslContext(identity.context()).build();
    Map<String, String> environment = environmentHere(identity);
    ServiceNode node = ServiceNode.with().env(environment).startReady();
    running.add(node);
    logIn(node, bootstrap(environment));
    post(node, "/v1/tokens");
    post(node, "/v1/detokenize");
    exposed = samples(get(node, "/q/metrics"));
  }

  /** The first tenant, as an operator makes it: with a credential that may make keys. */
  private static Credentials bootstrap(Map<String, String> environment) {
    RealVault.Credential mayMakeKeys = RealVault.shared().credential("cardvault-bootstrap");
    try (ServiceNode command =
        ServiceNode.with()
            .env(environment)
            .env("VAULT_ROLE_ID", mayMakeKeys.roleId())
            .env("VAULT_SECRET_ID", mayMakeKeys.secretId())
            .arguments("bootstrap", "--tenant", "acme")
            .launch()) {
      assertEquals(0, command.awaitExit(Duration.ofSeconds(60)), command::errors);
      return Credentials.ofJson(command.log());
    }
  }

  /** Writes the first event, for which the writers start. */
  private static void logIn(ServiceNode node, Credentials credentials)
      throws IOException, InterruptedException {
    Credentials.Pair ivr = credentials.of("ivr");
    String basic =
        Base64.getEncoder()
            .encodeToString((ivr.id() + ":" + ivr.secret()).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + node.port() + "/oauth2/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Basic " + basic)
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    assertEquals(200, https.send(request, BodyHandlers.discarding()).statusCode());
  }

  @AfterAll
  static void stop() {
    running.forEach(ServiceNode::close);
  }

  @Test
  void serveOverTlsAloneWhatTheChartsCertificateIsFor() throws Exception {
    ServiceNode node = running.get(0);
    assertEquals(401, post(node, "/v1/tokens"));
    assertEquals(200, node.health("ready"), "management stays plain, for probes");
  }

  @Test
  void answerEachProbe() throws Exception {
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      String path = text(container, "/" + probe + "/httpGet/path").orElseThrow();
      assertTrue(get(running.get(0), path).contains("\"UP\""), path);
    }
  }

  @Test
  void exposeWhatAlertsAskFor() throws IOException {
    JsonNode rules =
        new ObjectMapper(new YAMLFactory())
            .readTree(Helm.chart().resolve("monitoring/alerts.yaml").toFile());
    int alerts = 0;
    for (JsonNode group : rules.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        isExposed(rule.path("expr").asText(), rule.path("alert").asText());
        alerts++;
      }
    }
    assertTrue(alerts > 10, "alerts were found");
  }

  @Test
  void exposeWhatTheDashboardShows() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Helm.chart().resolve("monitoring/dashboard.json").toFile());
    List<String> expressions = dashboard.findValues("expr").stream().map(JsonNode::asText).toList();
    assertTrue(expressions.size() > 10, "panels were found");
    expressions.forEach(expression -> isExposed(expression, expression));
  }

  private static void isExposed(String expression, String name) {
    Expression asked = new Expression(expression);
    assertTrue(!asked.metrics().isEmpty(), name);
    Set<String> labels = new TreeSet<>(OF_THE_SCRAPE);
    asked
        .metrics()
        .forEach(
            (metric, conditions) -> {
              if (metric.equals("up")) {
                return;
              }
              List<Map<String, String>> series = exposed.getOrDefault(metric, List.of());
              assertTrue(!series.isEmpty(), () -> name + ": nothing is called " + metric);
              labels.addAll(series.get(0).keySet());
              for (Expression.Condition condition : conditions) {
                boolean known =
                    OF_THE_SCRAPE.contains(condition.label())
                        || series.stream().anyMatch(s -> s.containsKey(condition.label()));
                assertTrue(known, () -> name + ": no label " + condition.label());
                boolean exact =
                    condition.operator().equals("=") && !OF_THE_SCRAPE.contains(condition.label());
                assertTrue(
                    !exact
                        || series.stream()
                            .anyMatch(s -> condition.value().equals(s.get(condition.label()))),
                    () -> name + ": never " + condition);
              }
            });
    assertTrue(labels.containsAll(asked.groups()), () -> name + ": groups " + asked.groups());
  }

  /** The rendered environment, with this machine's database, key server and files. */
  private static Map<String, String> environmentHere(TlsIdentity identity) {
    RealVault vault = RealVault.shared();
    TestDatabase database = TestPostgres.shared().newDatabase();
    Map<String, String> secrets =
        Map.of(
            "cardvault-database/username",
            TestDatabase.USER,
            "cardvault-database/password",
            "not-asked-for-on-localhost",
            "cardvault-vault/role-id",
            vault.roleId(),
            "cardvault-vault/secret-id",
            vault.secretId());
    Map<String, String> here = new HashMap<>();
    environment(container)
        .forEach(
            (name, entry) -> {
              JsonNode secret = entry.at("/valueFrom/secretKeyRef");
              here.put(
                  name,
                  secret.isObject()
                      ? secrets.getOrDefault(
                          secret.path("name").asText() + "/" + secret.path("key").asText(), "")
                      : entry
                          .path("value")
                          .asText()
                          .replace("/var/lib/cardvault", folder.toString())
                          .replace("/etc/cardvault/tls/tls.crt", identity.certificate().toString())
                          .replace("/etc/cardvault/tls/tls.key", identity.key().toString())
                          .replace(
                              "/etc/cardvault/vault/ca.crt", identity.certificate().toString()));
            });
    here.put("CARDVAULT_DB_URL", database.url());
    here.put("VAULT_ADDR", vault.address());
    // Every address, as in a pod: the checks at the start see a service that others can reach.
    here.put("QUARKUS_HTTP_HOST", "0.0.0.0");
    here.put("QUARKUS_HTTP_SSL_PORT", "0");
    return here;
  }

  private static int post(ServiceNode node, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + node.port() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    return https.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String get(ServiceNode node, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(node.management().resolve(path)).build();
    return https.send(request, BodyHandlers.ofString()).body();
  }

  private static Map<String, List<Map<String, String>>> samples(String text) {
    Map<String, List<Map<String, String>>> samples = new HashMap<>();
    Matcher sample = SAMPLE.matcher(text);
    while (sample.find()) {
      Map<String, String> labels =
          Stream.ofNullable(sample.group(2))
              .flatMap(all -> LABEL.matcher(all).results())
              .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2)));
      samples.computeIfAbsent(sample.group(1), n -> new ArrayList<>()).add(labels);
    }
    return samples;
  }
}
