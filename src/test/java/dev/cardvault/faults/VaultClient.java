package dev.cardvault.faults;

import dev.cardvault.testing.Credentials;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls the API as the four clients of a tenant do. */
final class VaultClient {

  /** Longer than any deadline of the service: an answer that misses this is a fault. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Well before an access token's 15 minutes are over. */
  private static final Duration RENEWAL = Duration.ofMinutes(10);

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Supplier<URI> api;
  private final Credentials credentials;
  private final Map<String, AccessToken> accessTokens = new ConcurrentHashMap<>();

  private record AccessToken(String value, Instant from) {

    boolean isFresh() {
      return Instant.now().isBefore(from.plus(RENEWAL));
    }
  }

  VaultClient(Supplier<URI> api, Credentials credentials) {
    this.api = api;
    this.credentials = credentials;
  }

  /** The same clients, with the same access tokens, against another node. */
  VaultClient at(Supplier<URI> other) {
    VaultClient twin = new VaultClient(other, credentials);
    twin.accessTokens.putAll(accessTokens);
    return twin;
  }

  /** Logs all roles in anew, so that no later call has to for the next quarter of an hour. */
  VaultClient login() {
    accessTokens.clear();
    for (String role : credentials.roles()) {
      accessToken(role);
    }
    return this;
  }

  /** An access token of that role; an old one where the service has no new one to give just now. */
  String accessToken(String role) {
    AccessToken token =
        accessTokens.compute(
            role, (r, held) -> held != null && held.isFresh() ? held : renew(r, held));
    return token.value();
  }

  private AccessToken renew(String role, @Nullable AccessToken held) {
    Instant from = Instant.now();
    Answer answer = requestToken(role);
    if (answer.status() == 200) {
      return new AccessToken(answer.field("access_token"), from);
    }
    if (held == null) {
      throw new AssertionError("No access token for " + role + ": " + answer);
    }
    return held;
  }

  /** Asks for an access token (RFC 6749, 4.4). */
  Answer requestToken(String role) {
    Credentials.Pair pair = credentials.of(role);
    String basic =
        Base64.getEncoder()
            .encodeToString((pair.id() + ":" + pair.secret()).getBytes(StandardCharsets.UTF_8));
    return send(HttpRequest.newBuilder(api.get().resolve("/oauth2/token"))
            .timeout(PATIENCE)
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build())
        .join();
  }

  CompletableFuture<Answer> tokenize(String number, String... headers) {
    return post("ivr", "/v1/tokens", tokenBody(number), headers);
  }

  CompletableFuture<Answer> detokenize(String token, String orderId) {
    return post("billing", "/v1/detokenize", detokenizeBody(token, orderId));
  }

  static String tokenBody(String number) {
    return "{\"card\":{\"number\":\"" + number + "\",\"exp_month\":12,\"exp_year\":2031}}";
  }

  static String detokenizeBody(String token, String orderId) {
    return """
        {"token":"%s","reveal":"full","purpose":"charge",\
        "reference":{"type":"order","id":"%s"}}"""
        .formatted(token, orderId);
  }

  CompletableFuture<Answer> post(String role, String path, String json, String... headers) {
    HttpRequest.Builder request =
        authorized(role, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  CompletableFuture<Answer> get(String role, String path) {
    return send(authorized(role, path).GET().build());
  }

  HttpRequest.Builder authorized(String role, String path) {
    return HttpRequest.newBuilder(api.get().resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + accessToken(role));
  }

  /** The newest audit events that match, at most 100. */
  List<com.fasterxml.jackson.databind.JsonNode> auditEvents(Map<String, String> filter) {
    String query =
        filter.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    Answer answer = get("compliance", "/v1/audit-events?limit=100&" + query).join();
    if (answer.status() != 200) {
      throw new AssertionError("No audit events: " + answer);
    }
    return answer.json().path("data").valueStream().toList();
  }

  /** Sends it; a failed connection is an {@link Answer} too. */
  static CompletableFuture<Answer> send(HttpRequest request) {
    long start = System.nanoTime();
    return HTTP.sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response -> Answer.of(response, System.nanoTime() - start))
        .exceptionally(failure -> Answer.lost(failure, System.nanoTime() - start));
  }
}
