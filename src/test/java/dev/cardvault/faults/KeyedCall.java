package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.testing.Eventually;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.function.Supplier;

/** A capture of a packaged node, and somebody at its keypad. */
final class KeyedCall {

  private final VaultClient client;
  private final Answer opened;
  private long seq = 1;

  private KeyedCall(VaultClient client, Answer opened) {
    this.client = client;
    this.opened = opened;
  }

  /** Opens one that asks for {@code fields}, like {@code "pan","expiry"}. */
  static KeyedCall open(VaultClient client, String fields) {
    Answer opened =
        client
            .post(
                "ivr",
                "/v1/captures",
                "{\"call_id\":\"call-1\",\"channel\":\"ivr_dtmf\",\"agent_id\":\"a7\",\"fields\":["
                    + fields
                    + "]}")
            .join();
    assertEquals(201, opened.status(), opened.toString());
    return new KeyedCall(client, opened);
  }

  String id() {
    return opened.field("id");
  }

  String secret(String power) {
    return opened.field(power + "_secret");
  }

  String path(String rest) {
    return "/v1/captures/" + id() + rest;
  }

  /** Presses keys, as the next batch, at {@code node}. */
  Answer key(Supplier<URI> node, String keys) {
    return VaultClient.send(
            request(node, "/keys", secret("keys"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"seq\":" + seq++ + ",\"keys\":\"" + keys + "\"}"))
                .build())
        .join();
  }

  HttpRequest.Builder request(Supplier<URI> node, String rest, String secret) {
    return HttpRequest.newBuilder(node.get().resolve(path(rest)))
        .timeout(VaultClient.PATIENCE)
        .header("Authorization", "Bearer " + secret);
  }

  /** How it stands, as its controller sees it at the client's node. */
  Answer snapshot(VaultClient at) {
    return at.get("ivr", path("")).join();
  }

  String state(VaultClient at) {
    return snapshot(at).json().at("/view/state").asText();
  }

  KeyedCall awaitState(VaultClient at, String state, Duration limit) {
    Eventually.await(state, limit, () -> state(at).equals(state));
    return this;
  }

  KeyedCall awaitState(String state) {
    return awaitState(client, state, Duration.ofSeconds(10));
  }
}
