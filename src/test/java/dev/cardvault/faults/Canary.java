package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.ServiceNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plants a card number of its own in each place of a request that has room for one, and keeps the
 * answers.
 */
final class Canary {

  static final Duration LIMIT = Duration.ofSeconds(20);

  private final ServiceNode node;
  private final VaultClient client;
  private final PanSearch search = new PanSearch();
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private long planted;

  Canary(ServiceNode node, VaultClient client) {
    this.node = node;
    this.client = client;
  }

  /** Knows every number that was planted. */
  PanSearch search() {
    return search;
  }

  /** Plants in everything a client can send. */
  void plantEverywhere() {
    plantWhereCardsBelong();
    plantInFields();
    plantInHeaders();
    plantInPlacesOfOtherEndpoints();
    plantInBrokenRequests();
  }

  private void plantWhereCardsBelong() {
    String number = plant("a card");
    Answer created = client.tokenize(number).join();
    assertTrue(created.succeeded(), created.toString());
    note("create", created);
    String token = created.field("token");
    Answer revealed = client.detokenize(token, "leak").join();
    assertEquals(number, revealed.json().path("card").path("number").asText());
    note("get", client.get("ivr", "/v1/tokens/" + token).join());
    note(
        "lookup",
        post("billing", "/v1/tokens/lookup", "{\"card\":{\"number\":\"" + number + "\"}}"));
    note("list", client.get("ivr", "/v1/tokens").join());
    note("audit", client.get("compliance", "/v1/audit-events?limit=100").join());
    String spaced = plant("a card with spaces");
    note("spaced", client.tokenize(spaced.replaceAll("(.{4})", "$1 ")).join());
    for (String level : List.of("masked", "last4", "expiry")) {
      note(
          level,
          post(
              "billing",
              "/v1/detokenize",
              VaultClient.detokenizeBody(token, "leak").replace("\"full\"", "\"" + level + "\"")));
    }
    String batch =
        "{\"mode\":\"partial\",\"items\":["
            + VaultClient.tokenBody(plant("a batch"))
            + ","
            + VaultClient.tokenBody(wrong(plant("a bad card of a batch")))
            + "]}";
    note("batch", post("ivr", "/v1/tokens/batch", batch));
    note("reveal batch", client.get("billing", "/v1/tokens/" + token).join());
  }

  private void plantInFields() {
    Map<String, String> templates = new LinkedHashMap<>();
    String rest = "\"card\":{\"number\":\"4111111111111111\"}";
    templates.put("metadata", "{" + rest + ",\"metadata\":{\"note\":\"@\"}}");
    templates.put("metadata with words", "{" + rest + ",\"metadata\":{\"note\":\"card @ ok\"}}");
    templates.put("metadata key", "{" + rest + ",\"metadata\":{\"@\":\"x\"}}");
    templates.put("profile", "{" + rest + ",\"profile\":\"@\"}");
    templates.put("expires_at", "{" + rest + ",\"expires_at\":\"@\"}");
    templates.put("max_uses", "{" + rest + ",\"max_uses\":@}");
    templates.put("call id", "{" + rest + ",\"call\":{\"call_id\":\"@\",\"channel\":\"api\"}}");
    templates.put("channel", "{" + rest + ",\"call\":{\"call_id\":\"1\",\"channel\":\"@\"}}");
    templates.put(
        "agent",
        "{" + rest + ",\"call\":{\"call_id\":\"1\",\"channel\":\"api\",\"agent_id\":\"@\"}}");
    templates.put(
        "queue", "{" + rest + ",\"call\":{\"call_id\":\"1\",\"channel\":\"api\",\"queue\":\"@\"}}");
    templates.put("holder", "{\"card\":{\"number\":\"4111111111111111\",\"holder_name\":\"@\"}}");
    templates.put("month", "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":@}}");
    templates.put("year", "{\"card\":{\"number\":\"4111111111111111\",\"exp_year\":\"@\"}}");
    templates.put("unknown field", "{" + rest + ",\"x\":\"@\"}");
    templates.put("unknown name", "{" + rest + ",\"@\":1}");
    templates.put("unknown name in the card", "{\"card\":{\"@\":\"1\"}}");
    templates.put("number as a number", "{\"card\":{\"number\":@}}");
    templates.put("track data", "{\"card\":{\"number\":\";@=25121010000000000000?\"}}");
    templates.put(
        "track in metadata", "{" + rest + ",\"metadata\":{\"t\":\"%B@^DOE/J^2512101?\"}}");
    templates.put("with letters", "{\"card\":{\"number\":\"@x\"}}");
    templates.put("twice", "{\"card\":{\"number\":\"@\",\"number\":\"@\"}}");
    templates.put("cut off", "{\"card\":{\"number\":\"@");
    templates.put("after the end", "{" + rest + "} @");
    templates.put("nothing else", "@");
    templates.put("escaped", "{\"card\":{\"number\":\"\\u0034@\"}}");
    templates.forEach(
        (what, template) ->
            note(what, post("ivr", "/v1/tokens", template.replace("@", plant(what)))));
    String wrong = wrong(plant("a wrong check digit"));
    note("wrong", client.tokenize(wrong).join());
  }

  private void plantInHeaders() {
    for (String header :
        List.of(
            "X-Request-Id",
            "Idempotency-Key",
            "User-Agent",
            "Cookie",
            "Accept",
            "X-Anything",
            "Content-Language",
            "Traceparent",
            "X-Forwarded-For",
            "Forwarded",
            "Origin",
            "Referer")) {
      String number = plant("header " + header);
      note(
          "header " + header,
          client
              .post("ivr", "/v1/tokens", VaultClient.tokenBody("4111111111111111"), header, number)
              .join());
      note(
          "header name",
          client
              .post(
                  "ivr",
                  "/v1/tokens",
                  VaultClient.tokenBody("4111111111111111"),
                  "X-" + plant("a header name"),
                  "a")
              .join());
    }
    String body = VaultClient.tokenBody("4111111111111111");
    for (String header :
        List.of(
            "Authorization: Bearer @",
            "Authorization: Basic @",
            "Authorization: @",
            "Content-Type: application/@",
            "Content-Type: application/json; charset=@")) {
      String planted = header.replace("@", plant(header));
      note(
          header,
          RawHttp.exchange(
              node.port(),
              RawHttp.post(
                  "/v1/tokens",
                  client.accessToken("ivr"),
                  List.of(planted),
                  body.getBytes(StandardCharsets.UTF_8)),
              LIMIT));
    }
  }

  private void plantInPlacesOfOtherEndpoints() {
    for (String path :
        List.of(
            "/v1/tokens/@",
            "/v1/tokens?last4=@",
            "/v1/tokens?call_id=@",
            "/v1/tokens?cursor=@",
            "/v1/tokens?@=1",
            "/v1/audit-events?reference=@",
            "/v1/audit-events?token=@",
            "/v1/audit-events?actor=@",
            "/v1/audit-events?from=@",
            "/v1/audit-events/@",
            "/v1/clients/@",
            "/v1/@",
            "/@",
            "/oauth2/@",
            "/q/@",
            "/openapi?@")) {
      for (String role : List.of("ivr", "compliance", "admin")) {
        note(path, client.get(role, path.replace("@", plant(path))).join());
      }
    }
    for (String path :
        List.of(
            "/v1/tokens/@/suspend",
            "/v1/tokens/@/resume",
            "/v1/tokens/x/suspend",
            "/v1/clients",
            "/v1/token-profiles",
            "/v1/keys/rotate",
            "/v1/unlocks",
            "/v1/nothing/@")) {
      for (String role : List.of("ivr", "admin")) {
        note(
            path,
            post(
                role,
                path.replace("@", plant(path)),
                "{\"reason\":\""
                    + plant(path + " reason")
                    + "\",\"name\":\""
                    + plant(path + " name")
                    + "\"}"));
      }
    }
    String detokenize = VaultClient.detokenizeBody("@", "1");
    note("token", post("billing", "/v1/detokenize", detokenize.replace("@", plant("as a token"))));
    for (String field : List.of("full", "charge", "order", "1")) {
      note(
          field,
          post(
              "billing",
              "/v1/detokenize",
              VaultClient.detokenizeBody("0123456789", "1")
                  .replace("\"" + field + "\"", "\"" + plant("reveal " + field) + "\"")));
    }
    for (String form :
        List.of(
            "grant_type=@",
            "grant_type=client_credentials&client_id=@&client_secret=@",
            "grant_type=client_credentials&scope=@",
            "@=1",
            "@")) {
      HttpRequest request =
          HttpRequest.newBuilder(node.api().resolve("/oauth2/token"))
              .timeout(LIMIT)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      form.replace(
                          "@", URLEncoder.encode(plant("login " + form), StandardCharsets.UTF_8))))
              .build();
      note(form, VaultClient.send(request).join());
    }
  }

  private void plantInBrokenRequests() {
    for (String request :
        List.of(
            "GET /@ HTTP/1.1\r\n\r\n",
            "@ /v1/tokens HTTP/1.1\r\nHost: a\r\n\r\n",
            "@\r\n\r\n",
            "GET / HTTP/@\r\nHost: a\r\n\r\n",
            "POST /v1/tokens HTTP/1.1\r\nHost: @\r\nContent-Length: 0\r\n\r\n",
            "POST /v1/tokens HTTP/1.1\r\nHost: a\r\n@ : b\r\n\r\n",
            "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Length: @\r\n\r\n")) {
      note(
          request,
          RawHttp.exchange(
              node.port(),
              request.replace("@", plant(request)).getBytes(StandardCharsets.US_ASCII),
              LIMIT));
    }
  }

  /** The answers with a planted number in them, and where it had been planted. */
  Map<String, Set<String>> leakingAnswers() {
    Map<String, Set<String>> leaking = new LinkedHashMap<>();
    answers.forEach(
        (what, answer) -> {
          assertFalse(
              answer.status() == 500 && !answer.code().equals("integrity-failure"),
              () -> what + " was answered " + answer);
          // Where there was no answer, the text is the client library's own and may name its URL.
          Set<String> found =
              answer.isLost() ? Set.of() : search.in(answer.headers() + "\n" + answer.text());
          if (!found.isEmpty()) {
            leaking.put(what, found);
          }
        });
    return leaking;
  }

  /** A number never used before, which is looked for from now on. */
  String plant(String label) {
    // The digits of a multiplicative sequence: no counter, time or port looks like one of them.
    long serial = (++planted * 739_184_621L + 318_275_946L) % 1_000_000_000L;
    String number = Cards.number(serial);
    search.add(label, number);
    return number;
  }

  private static String wrong(String number) {
    return number.substring(0, 15) + (char) ('0' + (number.charAt(15) - '0' + 1) % 10);
  }

  private Answer post(String role, String path, String body) {
    return client.post(role, path, body).join();
  }

  /** Keeps an answer for {@link #leakingAnswers}. */
  void note(String what, Answer answer) {
    answers.put(what + " #" + answers.size(), answer);
  }
}
