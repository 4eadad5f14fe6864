package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.DemoService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/metrics.md what a running service tells. {@code ./mvnw -Dquick verify
 * -Dit.test=MetricsPageIT -Dwrite} writes it anew.
 */
final class MetricsPageIT {

  private static final Path PAGE = Path.of("docs/metrics.md");

  /** What the page lists by itself; the rest is told by the JVM and libraries. */
  private static final List<String> OURS = List.of("cardvault_", "http_server_requests_");

  /** Families of others, as the page's last table names them. */
  private static final List<String> OTHERS =
      List.of(
          "jvm_",
          "process_",
          "system_",
          "http_server_",
          "netty_",
          "worker_pool_",
          "vertx_",
          "scheduled_",
          "executor_",
          "logback_",
          "jdbc_",
          "agroal_",
          "http_client_");

  private static final String HEAD =
      """
      # Metrics and traces
      The tables are written by `MetricsPageIT` from a running service: `./mvnw -Dquick verify -Dit.test=MetricsPageIT -Dwrite`.

      ## Metrics
      Prometheus reads them from the management port: `http://HOST:9000/q/metrics`. No label holds what a caller chose: no
      card, token, tenant, person or path of its own making (`MetricLabelsTest`). Paths are templates like
      `/v1/tokens/{token}`; a path or method that is not served is `OTHER` or not counted, so the number of series is bounded.

      | question | look at |
      |---|---|
      | how many requests, of which kind | `rate(http_server_requests_seconds_count[5m])` by `uri` |
      | how many fail | the same where `status=~"5.."`; why: `cardvault_problems_total` by `code` |
      | how long they take | `histogram_quantile(0.99, rate(http_server_requests_seconds_bucket[5m]))` by `uri` |
      | how many cards were shown | `cardvault_audit_events_total{action="detokenize",outcome="granted"}` |
      | is a node behind | `cardvault_writer_queued` |
      | is the key server well | `cardvault_key_server_seconds` by `outcome` |
      | are keys too old | `cardvault_key_age_seconds`: PAN keys live a day, see [configuration.md](configuration.md) |

      ### Told by Cardvault
      | metric | type | labels | meaning |
      |---|---|---|---|
      """;

  private static final String TAIL =
      """

      ### Told by the JVM and its libraries
      Names that begin with `jvm_`, `process_`, `system_` (memory, garbage collection, threads, processor),
      `http_server_` (open requests and connections, bytes), `worker_pool_`, `netty_` and `vertx_` (pools and buffers); their
      help texts stand in `/q/metrics`.

      ## Traces
      Off until `CARDVAULT_TRACES_ENDPOINT` names a collector of OpenTelemetry that takes OTLP over HTTP, like
      `http://collector:4318`; then one request of a hundred is traced (`CARDVAULT_TRACES_RATIO`). While off, they cost
      nothing. A trace shows the request, the group of requests it was written with (`token-writer` and its like; requests
      of one group are linked), each statement of Postgres without its parameters, and each call to the key server.

      A span holds a method, a route's template, a status, a statement's text and a kind of outcome. `KnownAttributes` lets
      nothing else leave, and no event, since exceptions quote rows; `TracesIT` plants cards, tokens and names and looks
      for them at a collector. Of the caller's trace (`traceparent`) the ids are taken, unless they may be a card number;
      `tracestate` and baggage are not. Whether a caller wants to be traced does not count. What administrators do with
      clients, and logins, are traced as requests, without their statements.

      ## Logs
      One JSON object a line in production, on standard output, with `mdc.request_id` (also in the answer's
      `X-Request-Id` and in the audit event) and `mdc.trace_id` (where the request is traced here or by the caller).
      `PanLogFilter` masks whatever may be a card number.
      """;

  private static final Pattern DESCRIBED = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` .*\n");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  @Test
  void thePageListsWhatTheServiceTells() throws Exception {
    DemoService service = DemoService.shared();
    ask(service.node().api().resolve("/v1/no-such-thing"), null);
    ask(
        service.node().api().resolve("/oauth2/token"),
        "grant_type=client_credentials&client_id=x&client_secret=y");

    Map<String, Family> families =
        families(ask(service.node().management().resolve("/q/metrics"), null));

    Set<String> unknown = new TreeSet<>(families.keySet());
    unknown.removeIf(name -> OTHERS.stream().anyMatch(name::startsWith) || isOurs(name));
    assertEquals(Set.of(), unknown, "metrics that the page says nothing of");
    // Some appear with their first event alone: what the page has of them stays.
    Map<String, String> rows = rows(Files.readString(PAGE));
    families.forEach(
        (name, family) -> {
          if (isOurs(name)) {
            assertTrue(!family.help.isBlank(), "no description: " + name);
            rows.put(name, family.row(name));
          }
        });
    String page = HEAD + String.join("", rows.values()) + TAIL;
    if (System.getProperty("write") != null) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), PAGE + " has drifted: run with -Dwrite");
  }

  private static Map<String, String> rows(String page) {
    Map<String, String> rows = new TreeMap<>();
    ROW.matcher(page).results().forEach(row -> rows.put(row.group(1), row.group()));
    return rows;
  }

  private static boolean isOurs(String name) {
    return OURS.stream().anyMatch(name::startsWith);
  }

  private static String ask(URI at, @Nullable String form)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at);
    if (form != null) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
      request.POST(BodyPublishers.ofString(form));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  private static Map<String, Family> families(String metrics) {
    Map<String, Family> families = new TreeMap<>();
    String name = "";
    for (String line : metrics.lines().toList()) {
      Matcher described = DESCRIBED.matcher(line);
      if (described.matches()) {
        name = described.group(2);
        Family family = families.computeIfAbsent(name, n -> new Family());
        if (described.group(1).equals("HELP")) {
          family.help = described.group(3);
        } else {
          family.type = described.group(3);
        }
      } else if (line.startsWith(name) && families.containsKey(name)) {
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
          families.get(name).labels.add(label.group(1));
        }
        families.get(name).labels.remove("le");
      }
    }
    return families;
  }

  private static final class Family {
    private String help = "";
    private String type = "";
    private final Set<String> labels = new TreeSet<>();

    String row(String name) {
      return "| `"
          + name
          + "` | "
          + type
          + " | "
          + String.join(", ", labels)
          + " | "
          + help
          + " |\n";
    }
  }
}
