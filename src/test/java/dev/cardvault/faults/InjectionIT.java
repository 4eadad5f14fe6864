package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Texts that another language would take for orders, in every field that takes a text. */
final class InjectionIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> TEXTS =
      List.of(
          "'; DROP TABLE token; --",
          "\" OR 1=1 --",
          "{\"$gt\":\"\"}",
          "${jndi:ldap://127.0.0.1:1/a}",
          "#{7*7}",
          "{{7*7}}",
          "${7*7}",
          "%{(#a=1)}",
          "<script>alert(1)</script>",
          "=cmd|' /C calc'!A0",
          "../../../../etc/passwd",
          "a\u2028{\"level\":\"FATAL\"}",
          "\u202egnitset",
          "\\\"},{\\\"level\\\":\\\"FATAL\\\"");

  private static final List<String> CONTROLS =
      List.of(
          "a\r\nb",
          "a\n{\"level\":\"FATAL\",\"message\":\"forged\"}",
          "\u001b[31mred",
          "a\u0000b",
          "\u0085");

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.own().start();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  @FaultCase(37)
  void storesOrdersAsTheDataTheyAre() throws IOException {
    int card = 37_000;
    for (String text : TEXTS) {
      ObjectNode body = body(++card);
      body.putObject("metadata").put("note", text);
      Answer answer = post(body);
      assertTrue(answer.succeeded(), text + ": " + answer);
      assertEquals(text, answer.json().path("metadata").path("note").asText());
      Answer read = stage.client().get("ivr", "/v1/tokens/" + answer.field("token")).join();
      assertEquals(text, read.json().path("metadata").path("note").asText());
    }
    assertEquals("t", Sql.ask(stage.database(), "SELECT count(*) > 0 FROM token"));
  }

  @Test
  @FaultCase({37, 47})
  @Promise("P5")
  void neitherFailsNorForgesALineOfLog() throws IOException {
    for (String text : concat(TEXTS, CONTROLS)) {
      for (String field :
          List.of(
              "/profile",
              "/call/call_id",
              "/call/agent_id",
              "/call/queue",
              "/card/holder_name",
              "/metadata/a",
              "/expires_at",
              "/call/channel",
              "/card/number")) {
        ObjectNode body = body(37_500);
        String[] names = field.substring(1).split("/");
        ObjectNode parent = names.length == 1 ? body : body.withObject("/" + names[0]);
        if (names[0].equals("call") && !field.endsWith("call_id")) {
          parent.put("call_id", "1");
        }
        if (names[0].equals("call") && !field.endsWith("channel")) {
          parent.put("channel", "api");
        }
        parent.put(names[names.length - 1], text);
        notInternal(field + " " + text, post(body));
      }
      notInternal(
          "order " + text,
          stage
              .client()
              .post(
                  "billing",
                  "/v1/detokenize",
                  JSON.createObjectNode()
                      .put("token", text)
                      .put("reveal", "full")
                      .put("purpose", "charge")
                      .set(
                          "reference", JSON.createObjectNode().put("type", "order").put("id", text))
                      .toString())
              .join());
      for (String header :
          List.of("X-Request-Id", "Idempotency-Key", "User-Agent", "X-Forwarded-For")) {
        byte[] request =
            RawHttp.post(
                "/v1/tokens",
                stage.client().accessToken("ivr"),
                List.of(
                    "Content-Type: application/json",
                    header + ": " + text.replaceAll("[\\r\\n\\u0000]", "")),
                VaultClient.tokenBody(Cards.number(37_501)).getBytes(StandardCharsets.UTF_8));
        notInternal(
            header + " " + text,
            RawHttp.exchange(stage.node().port(), request, Duration.ofSeconds(20)));
      }
      String encoded = java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
      for (String path :
          List.of(
              "/v1/tokens/" + encoded,
              "/v1/tokens?last4=" + encoded,
              "/v1/audit-events?actor=" + encoded,
              "/v1/tokens?cursor=" + encoded,
              "/" + encoded)) {
        notInternal(path, stage.client().get("compliance", path).join());
        notInternal(path, stage.client().get("ivr", path).join());
      }
    }
    everyLineIsOneEvent();
  }

  private static void everyLineIsOneEvent() throws IOException {
    int lines = 0;
    for (String line : stage.node().log().split("\n")) {
      if (line.isBlank()) {
        continue;
      }
      lines++;
      JsonNode event = JSON.readTree(line);
      assertTrue(event.isObject() && event.has("level"), line);
      assertFalse(event.path("level").asText().equals("FATAL"), line);
      assertTrue(line.chars().noneMatch(c -> c < ' ' && c != '\t'), line);
      assertFalse(line.contains("\u2028"), "a line separator stands in the log as it is");
    }
    assertTrue(lines > 0, "nothing was logged");
    assertFalse(stage.node().errors().contains("forged"));
  }

  @Test
  @FaultCase(36)
  @Promise("P5")
  void refusesASecurityCodeInAnyField() {
    String code = "9173";
    for (String name :
        List.of("cvv", "cvc", "cvv2", "cvc2", "cid", "security_code", "pin", "track1", "track2")) {
      for (String body :
          List.of(
              "{\"card\":{\"number\":\"%s\",\"%s\":\"%s\"}}",
              "{\"card\":{\"number\":\"%s\"},\"%s\":\"%s\"}",
              "{\"card\":{\"number\":\"%s\"},\"metadata\":{\"%s\":\"%s\"}}")) {
        Answer answer =
            stage
                .client()
                .post("ivr", "/v1/tokens", body.formatted(Cards.number(36_001), name, code))
                .join();
        Refusal.ofBadInput(name, answer, code);
      }
    }
    Map<String, String> tracks =
        Map.of(
            "track 1", "%B4111111111111111^DOE/JOHN^25121010000000000000?",
            "track 2", ";4111111111111111=25121010000000000000?");
    tracks.forEach(
        (what, track) -> {
          Refusal.ofBadInput(what, stage.client().tokenize(track).join(), "4111111111111111");
          ObjectNode body = body(36_002);
          body.putObject("metadata").put("note", track);
          Refusal.ofBadInput(what, post(body), "4111111111111111");
          ObjectNode holder = body(36_003);
          holder.withObject("/card").put("holder_name", track);
          Refusal.ofBadInput(what, post(holder), "4111111111111111");
        });
    assertEquals(
        "0",
        Sql.ask(
            stage.database(), "SELECT count(*) FROM token WHERE metadata::text ~ '9173|2512101'"));
  }

  private static ObjectNode body(long card) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("card").put("number", Cards.number(card));
    return body;
  }

  private static Answer post(ObjectNode body) {
    return stage.client().post("ivr", "/v1/tokens", body.toString()).join();
  }

  private static void notInternal(String what, Answer answer) {
    assertTrue(answer.isLost() || answer.status() < 500, () -> what + " was answered " + answer);
  }

  private static List<String> concat(List<String> one, List<String> other) {
    return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
  }
}
