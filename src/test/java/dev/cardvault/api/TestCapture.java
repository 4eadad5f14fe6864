package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.testing.Eventually;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A capture of the running service, with somebody at its keypad and somebody watching. */
final class TestCapture {

  static final Duration SOON = Duration.ofSeconds(10);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Roles roles;
  private final Response opened;
  private long seq = 1;

  private TestCapture(Roles roles, Response opened) {
    this.roles = roles;
    this.opened = opened;
  }

  /** Opens one that asks for {@code fields}, like {@code "pan","expiry"}. */
  static TestCapture open(Roles roles, String fields) {
    return open(roles, fields, "");
  }

  /** Opens one with more in its wish, like {@code ,"profile":"slow"}. */
  static TestCapture open(Roles roles, String fields, String more) {
    Response opened = roles.ivr().body(wish(fields, more)).post("/v1/captures");
    assertEquals(201, opened.statusCode(), opened.asString());
    return new TestCapture(roles, opened);
  }

  static String wish(String fields, String more) {
    return "{\"call_id\":\"call-1\",\"channel\":\"agent_assist\",\"agent_id\":\"agent-7\","
        + "\"media_encrypted\":true,\"recording_suppressed\":false,\"fields\":["
        + fields
        + "]"
        + more
        + "}";
  }

  String id() {
    return opened.path("id");
  }

  String secret(String power) {
    return opened.path(power + "_secret");
  }

  String linkCode() {
    return opened.path("link_code");
  }

  String url(String rest) {
    return "/v1/captures/" + id() + rest;
  }

  RequestSpecification with(String secret) {
    return Roles.anonymous().header("Authorization", "Bearer " + secret);
  }

  /** Presses keys, as the next batch. */
  Response key(String keys) {
    return key(seq++, keys);
  }

  Response key(long number, String keys) {
    return with(secret("keys"))
        .body("{\"seq\":" + number + ",\"keys\":\"" + keys + "\"}")
        .post(url("/keys"));
  }

  TestCapture pressed(String keys) {
    Response answer = key(keys);
    assertEquals(200, answer.statusCode(), answer.asString());
    return this;
  }

  Response command(String command) {
    return roles.ivr().body("{\"command\":\"" + command + "\"}").post(url("/commands"));
  }

  Response command(String command, String field) {
    return roles
        .ivr()
        .body("{\"command\":\"" + command + "\",\"field\":\"" + field + "\"}")
        .post(url("/commands"));
  }

  /** The capture as its controller sees it. */
  Response snapshot() {
    return roles.ivr().get(url(""));
  }

  String state() {
    return snapshot().path("view.state");
  }

  String reason() {
    return snapshot().path("view.reason");
  }

  TestCapture awaitState(String state) {
    Eventually.await(state + ", not " + state(), SOON, () -> state().equals(state));
    return this;
  }

  /** Starts watching. */
  Watch watch() {
    return watch("");
  }

  Watch watch(String lastSeen) {
    return new Watch(
        URI.create(RestAssured.baseURI + ":" + RestAssured.port + url("/events")),
        secret("observer"),
        lastSeen);
  }

  /** Somebody who watches a capture, and remembers every byte of it. */
  static final class Watch {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean ended;
    private volatile int status;

    Watch(URI uri, String secret, String lastSeen) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + secret)
              .header("Accept", "text/event-stream");
      if (!lastSeen.isEmpty()) {
        request.header("Last-Event-ID", lastSeen);
      }
      Thread reader = new Thread(() -> read(request.build()), "watcher");
      reader.setDaemon(true);
      reader.start();
      Eventually.await("the stream", SOON, () -> status != 0);
    }

    private void read(HttpRequest request) {
      try {
        HttpResponse<Stream<String>> answer = HTTP.send(request, BodyHandlers.ofLines());
        status = answer.statusCode();
        answer.body().forEach(lines::add);
      } catch (IOException e) {
        lines.add("cut off");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        status = status == 0 ? -1 : status;
        ended = true;
      }
    }

    int status() {
      return status;
    }

    /** Everything that was sent, one line a line. */
    String text() {
      return String.join("\n", lines);
    }

    List<JsonNode> events() {
      return lines.stream()
          .filter(line -> line.startsWith("data:"))
          .map(line -> parse(line.substring(5)))
          .toList();
    }

    List<String> types() {
      return events().stream().map(event -> event.get("type").asText()).toList();
    }

    JsonNode await(String what, Predicate<JsonNode> event) {
      Eventually.await(what + "\n" + text(), SOON, () -> events().stream().anyMatch(event));
      return events().stream().filter(event).findFirst().orElseThrow();
    }

    JsonNode await(String type) {
      return await(type, event -> event.get("type").asText().equals(type));
    }

    Watch awaitEnd() {
      Eventually.await("the stream's end", SOON, () -> ended);
      return this;
    }

    private static JsonNode parse(String json) {
      try {
        return JSON.readTree(json);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
