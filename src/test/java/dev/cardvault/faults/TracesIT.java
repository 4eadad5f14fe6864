package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector is told of requests, and what it is not. */
final class TracesIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String CALLER = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private static Collector collector;
  private static Stage stage;

  @BeforeAll
  static void start() {
    collector = new Collector();
    stage =
        Stage.own()
            .proxied()
            .env("CARDVAULT_TRACES_ENDPOINT", collector.address())
            .env("CARDVAULT_TRACES_RATIO", "1")
            .start();
  }

  @AfterAll
  static void stop() {
    stage.close();
    collector.close();
  }

  @Test
  void aRequestIsFollowedToTheKeyServerAndToPostgres() {
    // A node's first tokens of a tenant need keys, for which the key server is asked.
    Eventually.await(
        "service",
        LIMIT,
        () -> stage.client().tokenize(Cards.number(31_415_925)).join().succeeded());
    String number = Cards.number(31_415_926);
    stage.client().tokenize(number, "traceparent", "00-" + CALLER + "-" + PARENT + "-00").join();

    Eventually.await("statements", LIMIT, () -> !below("POST /v1/tokens", "INSERT").isEmpty());
    Eventually.await("the request", LIMIT, () -> ofCaller().isPresent());
    Span request = ofCaller().orElseThrow();
    assertEquals(PARENT, hex(request.getParentSpanId().toByteArray()));
    assertEquals("201", Collector.attribute(request, "http.response.status_code"));
    assertEquals("/v1/tokens", Collector.attribute(request, "http.route"));
    Eventually.await("key", LIMIT, () -> !below("POST /v1/tokens", "key server ").isEmpty());
    Span insert = below("POST /v1/tokens", "INSERT").get(0);
    assertTrue(
        Collector.attribute(insert, "db.statement").contains("INSERT INTO "), insert::toString);
  }

  @Test
  void requestsDoneTogetherAreLinked() {
    List<CompletableFuture<Answer>> all =
        IntStream.range(0, 200)
            .mapToObj(i -> stage.client().tokenize(Cards.number(27_182_818 + i)))
            .toList();
    all.forEach(answer -> assertTrue(answer.join().succeeded()));

    Eventually.await(
        "a group",
        LIMIT,
        () ->
            named("token-writer").stream()
                .anyMatch(
                    group ->
                        group.getLinksCount() > 0
                            && Collector.attribute(group, "cardvault.together")
                                .equals("" + (group.getLinksCount() + 1))));
  }

  /** Nothing that goes on by itself begins a trace: every span is a request, or below one. */
  @Test
  void onlyRequestsBeginATrace() {
    stage.client().tokenize(Cards.number(66_260_701)).join();
    Eventually.await("statements", LIMIT, () -> !below("POST /v1/tokens", "INSERT").isEmpty());
    List<Span> beginnings =
        collector.spans().stream()
            .filter(span -> span.getParentSpanId().isEmpty())
            .filter(span -> span.getKind() != Span.SpanKind.SPAN_KIND_SERVER)
            .toList();
    assertEquals(List.of(), beginnings);
  }

  @Test
  void aLineOfLogNamesItsRequestAndItsTrace() {
    String trace = "aaaabbbbccccddddeeeeffffaaaabbbb";
    stage.toPostgres().refuse();
    Answer refused =
        stage
            .client()
            .tokenize(
                Cards.number(57_721_566),
                "traceparent",
                "00-" + trace + "-" + PARENT + "-01",
                "X-Request-Id",
                "billing-run-7")
            .join();
    stage.toPostgres().heal();
    assertEquals(503, refused.status());
    Eventually.await("service", LIMIT, () -> stage.node().health("ready") == 200);

    JsonNode line =
        stage
            .node()
            .log()
            .lines()
            .map(TracesIT::json)
            .filter(logged -> logged.at("/mdc/request_id").asText().equals("billing-run-7"))
            .filter(logged -> logged.at("/message").asText().contains("database-unavailable"))
            .findFirst()
            .orElseThrow();
    assertEquals(trace, line.at("/mdc/trace_id").asText());
  }

  private static Optional<Span> ofCaller() {
    return named("POST /v1/tokens").stream()
        .filter(span -> hex(span.getTraceId().toByteArray()).equals(CALLER))
        .findFirst();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @FaultCase(46)
  @Promise("P5")
  void nothingOfARequestLeavesWithItsTrace() {
    Canary canary = new Canary(stage.node(), stage.client());
    canary.plantEverywhere();
    String name = "Rosalind Canary";
    String token =
        stage
            .client()
            .post(
                "ivr",
                "/v1/tokens",
                "{\"card\":{\"number\":\""
                    + Cards.number(16_180_339)
                    + "\",\"holder_name\":\""
                    + name
                    + "\"},\"metadata\":{\"who\":\""
                    + name
                    + "\"},\"call\":{\"call_id\":\""
                    + name
                    + "\",\"channel\":\"api\",\"agent_id\":\""
                    + name
                    + "\"}}")
            .join()
            .field("token");
    stage.client().detokenize(token, name).join();
    stage.client().get("ivr", "/v1/tokens/" + token).join();
    stage.client().get("ivr", "/v1/tokens?call_id=Rosalind%20Canary").join();
    String inTrace = canary.plant("the caller's own trace");
    for (String header :
        List.of(
            "00-" + inTrace + "abcdefabcdefabcd-" + PARENT + "-01",
            "00-" + CALLER + "-" + inTrace + "-01")) {
      send(
          HttpRequest.newBuilder(stage.node().api().resolve("/v1/token-rules"))
              .header("traceparent", header)
              .header("tracestate", "x=" + inTrace + ",y=" + name.replace(' ', '-'))
              .header("baggage", "pan=" + inTrace)
              .header("X-Request-Id", name.replace(' ', '-')));
    }
    String last = "4bf92f3577b34da6a3ce929d0e0e4736";
    send(
        HttpRequest.newBuilder(stage.node().api().resolve("/v1/token-rules"))
            .header("traceparent", "00-" + last + "-" + PARENT + "-00"));
    Eventually.await(
        "the last request's trace",
        LIMIT,
        () ->
            named("GET /v1/token-rules").stream()
                .anyMatch(span -> hex(span.getTraceId().toByteArray()).equals(last)));

    String text = collector.text();
    assertTrue(text.contains("/v1/tokens/{token}"), "it tells of these requests");
    assertFalse(text.contains(token), "a token");
    assertFalse(text.contains("Rosalind") || text.contains("Canary"), "a person");
    Set<String> found = new TreeSet<>(canary.search().in(text));
    collector.bytes().forEach(bytes -> found.addAll(canary.search().in(bytes)));
    collector
        .spans()
        .forEach(
            span -> {
              found.addAll(canary.search().in(hex(span.getTraceId().toByteArray())));
              found.addAll(canary.search().in(hex(span.getParentSpanId().toByteArray())));
            });
    assertEquals(Set.of(), found);
  }

  @Test
  @FaultCase(46)
  void theSearchWouldFindANumberThatATraceHolds() {
    String number = Cards.number(14_142_135);
    PanSearch search = new PanSearch();
    search.add("here", number);
    Span span = Span.newBuilder().setName("GET /v1/tokens/" + number).build();
    assertEquals(Set.of("here as ASCII", "here as its last ten"), search.in(span.toByteArray()));
  }

  private static void send(HttpRequest.Builder request) {
    assertTrue(VaultClient.send(request.timeout(LIMIT).build()).join().status() < 500);
  }

  private static List<Span> named(String name) {
    return collector.spans().stream().filter(span -> span.getName().equals(name)).toList();
  }

  /** The spans whose names begin so, below one of that name. */
  private static List<Span> below(String top, String prefix) {
    Map<String, Span> byId = new HashMap<>();
    collector.spans().forEach(span -> byId.put(hex(span.getSpanId().toByteArray()), span));
    return collector.spans().stream()
        .filter(span -> span.getName().startsWith(prefix))
        .filter(span -> ancestors(span, byId).contains(top))
        .toList();
  }

  private static Deque<String> ancestors(Span span, Map<String, Span> byId) {
    Deque<String> names = new ArrayDeque<>();
    Span at = byId.get(hex(span.getParentSpanId().toByteArray()));
    while (at != null) {
      names.add(at.getName());
      at = byId.get(hex(at.getParentSpanId().toByteArray()));
    }
    return names;
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }
}
