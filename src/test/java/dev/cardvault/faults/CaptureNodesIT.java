package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Ports;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Captures on two nodes: one holds the digits, either is asked, and one dies. */
final class CaptureNodesIT {

  private static final Duration LOST = Duration.ofSeconds(15);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static Stage stage;
  private static ServiceNode alpha;
  private static ServiceNode beta;
  private static VaultClient atAlpha;
  private static VaultClient atBeta;

  @BeforeAll
  static void start() {
    stage = Stage.own().nodes(0).start();
    alpha = launch();
    beta = launch();
    List.of(alpha, beta).forEach(node -> node.awaitListening().awaitReady(Duration.ofSeconds(60)));
    atAlpha = new VaultClient(() -> alpha.api(), stage.credentials()).login();
    atBeta = atAlpha.at(() -> beta.api());
  }

  private static ServiceNode launch() {
    int port = Ports.free();
    return stage.launchNode(
        Map.of(
            "QUARKUS_HTTP_PORT",
            Integer.toString(port),
            "CARDVAULT_SESSIONS_NODE_ADDRESS",
            "http://127.0.0.1:" + port));
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void eitherNodeTakesKeysAndShowsTheCapture() {
    KeyedCall call = KeyedCall.open(atAlpha, "\"pan\",\"security_code\"");
    Watching watching = new Watching(call, () -> beta.api());
    Talking talking = new Talking(call, beta.api());
    assertEquals(200, call.key(() -> beta.api(), "42424242").status());
    assertEquals(200, call.key(() -> alpha.api(), "4242").status());
    Answer last = call.key(() -> beta.api(), "4242#");
    assertEquals("field_ok", last.json().at("/view/state").asText(), last.toString());
    assertEquals(200, call.key(() -> beta.api(), "123").status());
    call.awaitState(atBeta, "completed", Duration.ofSeconds(10));
    Eventually.await(
        "the token",
        Duration.ofSeconds(10),
        () -> "4242".equals(call.snapshot(atBeta).json().at("/token/card/last4").asText()));
    Answer whole = call.snapshot(atBeta);
    Eventually.await(
        "the events", Duration.ofSeconds(10), () -> watching.text().contains("event:ended"));
    Eventually.await(
        "the messages",
        Duration.ofSeconds(10),
        () -> talking.messages.stream().anyMatch(m -> m.contains("\"type\":\"ended\"")));
    String consume =
        "/v1/tokens/" + whole.json().at("/token/token").asText() + "/security-code/consume";
    // The other node hears within a moment that there is a code.
    Eventually.await(
        "the code",
        Duration.ofSeconds(10),
        () -> atBeta.post("billing", consume, "").join().field("security_code").equals("123"));
    assertEquals("security-code-used", atBeta.post("billing", consume, "").join().code());
    assertEquals(410, call.key(() -> beta.api(), "1").status());
  }

  @Test
  void oneNodeBelievesNobodyWhoSaysToBeAnother() {
    KeyedCall call = KeyedCall.open(atAlpha, "\"pan\"");
    String forged =
        stage.tenant() + ";" + System.currentTimeMillis() + ";127.0.0.1;" + "A".repeat(43);
    Answer refused =
        VaultClient.send(
                atAlpha
                    .authorized("ivr", call.path(""))
                    .header("Cardvault-Forwarded", forged)
                    .GET()
                    .build())
            .join();
    assertEquals(401, refused.status(), refused.toString());
  }

  @Test
  @FaultCase(20)
  @Promise("P7")
  void aDeadNodesCapturesAreLostAndTheAgentIsToldToBeginAnew() {
    ServiceNode doomed = launch();
    doomed.awaitListening().awaitReady(Duration.ofSeconds(60));
    VaultClient atDoomed = atAlpha.at(doomed::api);
    KeyedCall call = KeyedCall.open(atDoomed, "\"pan\"");
    assertEquals(200, call.key(() -> beta.api(), "411111").status());
    Watching watching = new Watching(call, () -> beta.api());
    Eventually.await(
        "the agent watches", Duration.ofSeconds(10), () -> watching.text().contains("snapshot"));
    doomed.kill();
    long killed = System.nanoTime();
    Eventually.await(
        "the agent is told\n" + watching.text(),
        LOST,
        () -> watching.text().contains("\"restart_required\":true"));
    call.awaitState(atBeta, "lost", LOST.minus(Duration.ofNanos(System.nanoTime() - killed)));
    Answer late = call.key(() -> beta.api(), "1");
    assertEquals("capture-ended", late.code(), late.toString());
    Eventually.await(
        "the audit log is told",
        LOST,
        () ->
            atBeta.auditEvents(Map.of("action", "CAPTURE_END", "call_id", "call-1")).stream()
                .anyMatch(event -> event.path("subject").asText().contains("state=lost")));
    String row =
        Sql.ask(
            stage.database(),
            "SELECT c::text FROM capture c WHERE state = 'lost' ORDER BY created_at DESC LIMIT 1");
    assertTrue(!row.contains("411111"), "a digit in the table");
  }

  @Test
  void aNodeThatStoodStillDoesNotGoOnWithWhatIsLost() {
    ServiceNode sleeper = launch();
    sleeper.awaitListening().awaitReady(Duration.ofSeconds(60));
    VaultClient atSleeper = atAlpha.at(sleeper::api);
    KeyedCall call = KeyedCall.open(atSleeper, "\"pan\"");
    assertEquals(200, call.key(sleeper::api, "4242").status());
    sleeper.freeze();
    try {
      call.awaitState(atBeta, "lost", LOST);
    } finally {
      sleeper.thaw();
    }
    Answer late = call.key(sleeper::api, "424242424242#");
    assertEquals("capture-ended", late.code(), late.toString());
    assertEquals("lost", call.state(atSleeper));
    sleeper.close();
  }

  /** An agent's page: comes back when it is cut off, until the capture has ended. */
  private static final class Watching {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Watching(KeyedCall call, Supplier<URI> node) {
      Thread reader =
          new Thread(
              () -> {
                while (!text().contains("\"restart_required\":true")
                    && !text().contains("event:ended")) {
                  read(call, node);
                  LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                }
              });
      reader.setDaemon(true);
      reader.start();
    }

    private void read(KeyedCall call, Supplier<URI> node) {
      try (Stream<String> answer =
          HTTP.send(
                  call.request(node, "/events", call.secret("observer"))
                      .header("Accept", "text/event-stream")
                      .GET()
                      .build(),
                  BodyHandlers.ofLines())
              .body()) {
        answer.forEach(lines::add);
      } catch (IOException | UncheckedIOException cut) {
        lines.add("cut off");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    String text() {
      return String.join("\n", lines);
    }
  }

  /** Somebody who listens at the WebSocket. */
  private static final class Talking implements WebSocket.Listener {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();

    Talking(KeyedCall call, URI node) {
      try {
        HTTP.newWebSocketBuilder()
            .subprotocols("cardvault", call.secret("observer"))
            .buildAsync(
                URI.create(node.toString().replaceFirst("http", "ws") + call.path("/socket")), this)
            .get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }
  }
}
