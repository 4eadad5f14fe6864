package dev.cardvault.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.access.TenantId;
import dev.cardvault.keys.KeyServerException.Kind;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.common.VaultRequest;
import io.quarkus.vault.client.common.VaultResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Vault's Transit engine, or OpenBao's. Each KEK is derived, so the context decides which key
 * wraps: Transit's {@code rewrap} drops associated data and its {@code datakey} takes none.
 */
final class TransitKeyServer implements KeyServer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOG_KEY = "audit-log";
  private static final int BITS = 8 * KeyBytes.LENGTH;

  private final VaultSessions sessions;
  private final VaultClient anonymous;
  private final String mount;

  // KEKs that were seen to be derived and not exportable; that never changes.
  private final Set<TenantId> trusted = ConcurrentHashMap.newKeySet();

  /**
   * A key server.
   *
   * @param anonymous asks for the health, without a token
   * @param mount where Transit is mounted
   */
  TransitKeyServer(VaultSessions sessions, VaultClient anonymous, String mount) {
    this.sessions = sessions;
    this.anonymous = anonymous;
    this.mount = mount;
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    String operation = "make data key";
    VaultRequest<DataKey> request =
        VaultRequest.<DataKey>post(operation)
            .path(mount, "datakey", "plaintext", nameOf(context.tenant()))
            .body(Map.of("context", base64(context), "bits", BITS))
            .expectOkStatus()
            .build(response -> Optional.of(dataKey(operation, response)));
    return trusted(context.tenant()).thenCompose(kek -> call(operation, request));
  }

  private static DataKey dataKey(String operation, VaultResponse<DataKey> response) {
    TransitAnswer answer = TransitAnswer.read(operation, bodyOf(operation, response));
    try {
      WrappedKey wrapped = answer.wrapped(operation);
      return new DataKey(answer.key(operation), wrapped);
    } finally {
      answer.wipe();
    }
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    String operation = "unwrap";
    VaultRequest<KeyBytes> request =
        VaultRequest.<KeyBytes>post(operation)
            .path(mount, "decrypt", nameOf(key.context().tenant()))
            .body(Map.of("context", base64(key.context()), "ciphertext", key.wrapped().text()))
            .expectOkStatus()
            .build(
                response ->
                    Optional.of(
                        TransitAnswer.read(operation, bodyOf(operation, response)).key(operation)));
    return call(operation, request)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    KeyThreads.causeOf(failure) instanceof KeyServerException refused
                            && refused.kind() == Kind.INVALID
                        ? new KeyServerException(Kind.MISMATCH, operation, 400)
                        : failure));
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    if (keys.size() > MAX_REWRAP) {
      throw new IllegalArgumentException("At most " + MAX_REWRAP + " keys at a time");
    }
    String operation = "rewrap";
    List<Map<String, String>> items =
        keys.stream()
            .map(
                key -> Map.of("ciphertext", key.wrapped().text(), "context", base64(key.context())))
            .toList();
    VaultRequest<JsonNode> request =
        VaultRequest.<JsonNode>post(operation)
            .path(mount, "rewrap", nameOf(tenant))
            .body(Map.of("batch_input", items, "partial_failure_response_code", 200))
            .expectOkStatus()
            .build(response -> Optional.of(json(operation, response)));
    return call(operation, request).thenApply(answer -> rewrapped(operation, answer, keys.size()));
  }

  private static List<Optional<WrappedKey>> rewrapped(String operation, JsonNode answer, int size) {
    JsonNode results = answer.path("data").path("batch_results");
    if (results.size() != size) {
      throw new KeyServerException(Kind.GARBLED, operation, 200);
    }
    List<Optional<WrappedKey>> keys = new ArrayList<>();
    for (JsonNode result : results) {
      String text = result.path("ciphertext").asText("");
      keys.add(
          text.isEmpty() ? Optional.empty() : Optional.of(TransitAnswer.wrapped(operation, text)));
    }
    return keys;
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    String operation = "create KEK";
    VaultRequest<Void> request =
        VaultRequest.<Void>post(operation)
            .path(mount, "keys", nameOf(tenant))
            .body(
                Map.of(
                    "type", "aes256-gcm96",
                    "derived", true,
                    "exportable", false,
                    "allow_plaintext_backup", false))
            .expectOkOrNoContentStatus()
            .build(response -> Optional.empty());
    return call(operation, request).thenCompose(made -> trusted(tenant)).thenApply(kek -> null);
  }

  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    String operation = "rotate KEK";
    VaultRequest<Void> request =
        VaultRequest.<Void>post(operation)
            .path(mount, "keys", nameOf(tenant), "rotate")
            .expectOkOrNoContentStatus()
            .build(response -> Optional.empty());
    return call(operation, request);
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    return readKek(tenant).thenApply(TransitKeyServer::kekOf);
  }

  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    String operation = "read log keys";
    VaultRequest<JsonNode> request =
        VaultRequest.<JsonNode>get(operation)
            .path(mount, "keys", LOG_KEY)
            .expectOkStatus()
            .build(response -> Optional.of(json(operation, response).path("data")));
    return call(operation, request).thenApply(data -> logKeysOf(operation, data));
  }

  private static List<LogKey> logKeysOf(String operation, JsonNode data) {
    if (!data.path("type").asText("").equals("ed25519") || data.path("derived").asBoolean(true)) {
      throw new KeyServerException(Kind.INVALID, operation, 200);
    }
    SortedMap<Integer, LogKey> keys = new TreeMap<>();
    data.path("keys")
        .fields()
        .forEachRemaining(
            entry -> {
              int version = Integer.parseInt(entry.getKey());
              byte[] key = decoded(operation, entry.getValue().path("public_key").asText(""));
              keys.put(version, new LogKey(version, key, timeOf(entry.getValue())));
            });
    return List.copyOf(keys.values());
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    String operation = "sign log";
    VaultRequest<JsonNode> request =
        VaultRequest.<JsonNode>post(operation)
            .path(mount, "sign", LOG_KEY)
            .body(
                Map.of(
                    "input", Base64.getEncoder().encodeToString(message), "key_version", version))
            .expectOkStatus()
            .build(response -> Optional.of(json(operation, response).path("data")));
    return call(operation, request).thenApply(data -> signatureOf(operation, version, data));
  }

  private static byte[] signatureOf(String operation, int version, JsonNode data) {
    String text = data.path("signature").asText("");
    String prefix = "vault:v" + version + ":";
    if (!text.startsWith(prefix)) {
      throw new KeyServerException(Kind.GARBLED, operation, 200);
    }
    return decoded(operation, text.substring(prefix.length()));
  }

  private static byte[] decoded(String operation, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new KeyServerException(Kind.GARBLED, operation, 200);
    }
  }

  /** Only Vault's own word that it is sealed counts as sealed: balancers answer 503 as well. */
  @Override
  public CompletionStage<KeyServerHealth> health() {
    VaultRequest<KeyServerHealth> request =
        VaultRequest.<KeyServerHealth>get("health")
            .path("sys", "health")
            .expectAnyStatus()
            .build(response -> Optional.of(healthOf(response)));
    return anonymous
        .execute(request)
        .thenApply(VaultResponse::getResult)
        .exceptionally(failure -> KeyServerHealth.UNAVAILABLE);
  }

  private static KeyServerHealth healthOf(VaultResponse<?> response) {
    JsonNode answer = json("health", response);
    JsonNode sealed = answer.path("sealed");
    if (!sealed.isBoolean() || !answer.path("initialized").asBoolean(false)) {
      return KeyServerHealth.UNAVAILABLE;
    }
    if (sealed.asBoolean()) {
      return KeyServerHealth.SEALED;
    }
    // Standbys pass calls on to the active node.
    return switch (response.getStatusCode()) {
      case 200, 429, 472, 473 -> KeyServerHealth.OK;
      default -> KeyServerHealth.UNAVAILABLE;
    };
  }

  // Under a KEK that is not derived a context is ignored, and nothing would be bound to anything.
  private CompletionStage<Void> trusted(TenantId tenant) {
    if (trusted.contains(tenant)) {
      return CompletableFuture.completedStage(null);
    }
    return readKek(tenant)
        .thenAccept(
            data -> {
              if (!data.path("derived").asBoolean(false)
                  || data.path("exportable").asBoolean(true)
                  || !data.path("type").asText("").equals("aes256-gcm96")) {
                throw new KeyServerException(Kind.INVALID, "trust KEK", 200);
              }
              trusted.add(tenant);
            });
  }

  private CompletionStage<JsonNode> readKek(TenantId tenant) {
    String operation = "read KEK";
    VaultRequest<JsonNode> request =
        VaultRequest.<JsonNode>get(operation)
            .path(mount, "keys", nameOf(tenant))
            .expectOkStatus()
            .build(response -> Optional.of(json(operation, response).path("data")));
    return call(operation, request);
  }

  private static Kek kekOf(JsonNode data) {
    SortedMap<Integer, Instant> versions = new TreeMap<>();
    data.path("keys")
        .fields()
        .forEachRemaining(
            entry -> versions.put(Integer.valueOf(entry.getKey()), timeOf(entry.getValue())));
    int latest = data.path("latest_version").asInt();
    if (!versions.containsKey(latest)) {
      throw new KeyServerException(Kind.GARBLED, "read KEK", 200);
    }
    return new Kek(latest, versions);
  }

  private static Instant timeOf(JsonNode version) {
    return version.isNumber()
        ? Instant.ofEpochSecond(version.asLong())
        : OffsetDateTime.parse(version.path("creation_time").asText()).toInstant();
  }

  /** Calls with the session there is, and once more with a new one when that is refused. */
  private <T> CompletionStage<T> call(String operation, VaultRequest<T> request) {
    return sessions
        .current()
        .thenCompose(
            session ->
                execute(operation, request, session)
                    .exceptionallyCompose(failure -> again(operation, request, session, failure)));
  }

  private <T> CompletionStage<T> again(
      String operation, VaultRequest<T> request, VaultSession refused, Throwable failure) {
    if (!(KeyThreads.causeOf(failure) instanceof KeyServerException known)
        || known.kind() != Kind.DENIED) {
      return CompletableFuture.failedFuture(failure);
    }
    return sessions
        .replaced(refused)
        .thenCompose(
            fresh ->
                fresh == refused
                    ? CompletableFuture.failedFuture(known)
                    : execute(operation, request, fresh));
  }

  private static <T> CompletionStage<T> execute(
      String operation, VaultRequest<T> request, VaultSession session) {
    // Each call is a copy: the client writes its token into the request's builder.
    return asked(() -> session.client().execute(request.builder().rebuild()))
        .thenApply(VaultResponse::getResult)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(VaultFailure.of(operation, failure)));
  }

  private static <T> CompletionStage<T> asked(
      java.util.function.Supplier<CompletionStage<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static byte[] bodyOf(String operation, VaultResponse<?> response) {
    return response
        .getBody()
        .orElseThrow(() -> new KeyServerException(Kind.GARBLED, operation, 200));
  }

  private static JsonNode json(String operation, VaultResponse<?> response) {
    @Nullable JsonNode answer;
    try {
      answer = JSON.readTree(bodyOf(operation, response));
    } catch (IOException notJson) {
      // The parser's words quote the body, so they are dropped.
      answer = null;
    }
    if (answer == null || !answer.isObject()) {
      throw new KeyServerException(Kind.GARBLED, operation, response.getStatusCode());
    }
    return answer;
  }

  private static String nameOf(TenantId tenant) {
    return "pan-kek-" + tenant;
  }

  private static String base64(KeyContext context) {
    return Base64.getEncoder().encodeToString(context.bytes());
  }
}
