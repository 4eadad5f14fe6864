package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Credentials;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cards are keyed to every end a capture can have, with everything logged; then the log at all
 * levels, standard error, traces, metrics, threads, heap and the whole database are searched for
 * them.
 */
final class CaptureLeakIT {

  /** An expiry, a security code and a postal code, keyed in one go. */
  private static final String REST = "1230971347110815";

  @TempDir private Path folder;

  private final PanSearch search = new PanSearch();
  private final Set<String> answers = new TreeSet<>();

  @Test
  @FaultCase({36, 46})
  @Promise("P5")
  void noKeyedDigitIsFoundOnceItsCaptureHasEnded() throws IOException {
    Path data = folder.resolve("data");
    try (Collector collector = new Collector();
        ServiceNode node =
            ServiceNode.with()
                .env("QUARKUS_PROFILE", "embedded")
                .env("QUARKUS_LOG_LEVEL", "ALL")
                .env("QUARKUS_LOG_CONSOLE_LEVEL", "ALL")
                .env("CARDVAULT_DATA", data.toString())
                .env("CARDVAULT_TRACES_ENDPOINT", collector.address())
                .env("CARDVAULT_TRACES_RATIO", "1")
                .startReady()) {
      Credentials credentials =
          Credentials.ofJson(Files.readString(data.resolve("credentials.json")));
      VaultClient client = new VaultClient(node::api, credentials).login();
      search.add("expiry, code and postal code", REST);
      keyCards(node, client);
      assertFindsWhatIsPlanted(node, client);
      assertNothingShows(node, collector);
      node.terminate();
      node.awaitExit(Duration.ofSeconds(20));
      assertEquals(Set.of(), search.in(data), "found in the data folder");
    }
  }

  private void keyCards(ServiceNode node, VaultClient client) {
    KeyedCall whole =
        KeyedCall.open(client, "\"pan\",\"expiry\",\"security_code\",\"postal_code\"");
    key(node, whole, planted("378282", 15, "an Amex"));
    key(node, whole, REST + "#");
    whole.awaitState("completed");
    String token = whole.snapshot(client).json().at("/token/token").asText();
    Answer code =
        client.post("billing", "/v1/tokens/" + token + "/security-code/consume", "").join();
    assertEquals("9713", code.field("security_code"), code.toString());

    KeyedCall dropped = KeyedCall.open(client, "\"pan\"");
    key(node, dropped, planted("411111", 16, "cleared") + "*");
    key(node, dropped, planted("411111", 16, "cancelled"));
    client.post("ivr", dropped.path("/commands"), "{\"command\":\"cancel\"}").join();

    KeyedCall bad = KeyedCall.open(client, "\"pan\"");
    for (int i = 0; i < 3; i++) {
      key(node, bad, wrong(planted("411111", 16, "a wrong check digit")) + "#");
    }
    KeyedCall hungUp = KeyedCall.open(client, "\"pan\",\"expiry\"");
    key(node, hungUp, planted("411111", 16, "hung up") + "#");
    VaultClient.send(hungUp.request(node::api, "", hungUp.secret("keys")).DELETE().build()).join();
    key(node, hungUp, planted("411111", 16, "after the end"));
    KeyedCall broken = KeyedCall.open(client, "\"pan\"");
    key(node, broken, planted("411111", 16, "with a letter") + "x");
    key(node, broken, planted("411111", 16, "out of JSON") + "\"}}");
    answers.add(
        client.get("ivr", broken.path("?keys=" + planted("411111", 16, "a query"))).join().text());
    answers.add(
        VaultClient.send(
                broken
                    .request(node::api, "/events", broken.secret("observer"))
                    .header("Last-Event-ID", planted("411111", 16, "Last-Event-ID"))
                    .header("Accept", "text/plain")
                    .GET()
                    .build())
            .join()
            .text());
    client.post("ivr", broken.path("/commands"), "{\"command\":\"cancel\"}").join();
  }

  private int planted;

  private String planted(String bin, int length, String where) {
    String body = bin + String.format("%0" + (length - 7) + "d", 739_184L * ++planted + 60_217);
    String number = Cards.withCheckDigit(body);
    search.add(where, number);
    return number;
  }

  private String wrong(String number) {
    String other = number.substring(0, 15) + (number.charAt(15) - '0' + 1) % 10;
    search.add("wrong", other);
    return other;
  }

  private void key(ServiceNode node, KeyedCall call, String keys) {
    answers.add(call.key(node::api, keys).text());
  }

  /** A search that finds nothing is worth something only when it would have found it. */
  private void assertFindsWhatIsPlanted(ServiceNode node, VaultClient client) throws IOException {
    String number = Cards.number(555_111_222);
    PanSearch planted = new PanSearch();
    planted.add("planted", number);
    KeyedCall held = KeyedCall.open(client, "\"pan\"");
    assertEquals(200, held.key(node::api, number).status());
    assertFalse(
        planted.in(new Exposure(node, folder).heap()).isEmpty(),
        "digits being keyed lie on the heap");
    Path log = Files.writeString(folder.resolve("log"), "keys " + number);
    assertTrue(planted.in(log).contains("planted as ASCII"));
    client.post("ivr", held.path("/commands"), "{\"command\":\"cancel\"}").join();
  }

  private void assertNothingShows(ServiceNode node, Collector collector) {
    assertEquals(Set.of(), search.in(String.join("\n", answers)), "found in answers");
    new Exposure(node, folder)
        .assertHides(
            search,
            HttpRequest.newBuilder(node.api().resolve("/v1/captures/x"))
                .timeout(Canary.LIMIT)
                .header("Authorization", "Bearer nobody")
                .build());
    // Spans come in batches; those of the requests just made come last.
    Eventually.await(
        "traces of the captures",
        Canary.LIMIT,
        () -> collector.text().contains("/v1/captures/{capture}/keys"));
    assertEquals(Set.of(), search.in(collector.text()), "found in a trace");
    collector
        .bytes()
        .forEach(batch -> assertEquals(Set.of(), search.in(batch), "found in a trace"));
  }
}
