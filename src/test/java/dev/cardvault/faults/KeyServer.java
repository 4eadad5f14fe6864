package dev.cardvault.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A real HashiCorp Vault over TLS, set up by vault-policies/setup.sh as an operator would, and its
 * operator's hands: seal, restart, revoke, forbid. What it keeps is in a folder, so that it
 * survives a restart.
 */
final class KeyServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path POLICIES = Path.of("vault-policies").toAbsolutePath();
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Path binary;
  private final Path folder;
  private final TlsIdentity identity;
  private final HttpClient http;
  private final String rootToken;
  private final String unsealKey;
  private Running running;
  private Map<String, String> service = Map.of();

  private KeyServer(Path binary) throws IOException {
    this.binary = binary;
    this.folder = Files.createTempDirectory("cardvault-vault");
    this.identity = TlsIdentity.create(folder);
    this.http =
        HttpClient.newBuilder()
            .sslContext(identity.context())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.running = launch("127.0.0.1:0", "");
    this.rootToken = running.line().get("root_token").asText();
    this.unsealKey = running.line().get("unseal_keys").get(0).asText();
    this.service = setUp("cardvault");
  }

  /** The program, from the cache or built by a Go toolchain; none when there is neither. */
  static Optional<Path> program() {
    try {
      Process build =
          new ProcessBuilder("tools/key-server/build")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return build.waitFor() == 0 ? Optional.of(Path.of(output.trim())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static KeyServer start(Path program) {
    try {
      return new KeyServer(program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a service needs to know to use it. */
  Map<String, String> environment() {
    return environment(address().getPort());
  }

  /** The same, by way of a proxy at {@code port}. */
  Map<String, String> environment(int port) {
    return at(port, service);
  }

  /** What {@code bootstrap} needs to know. */
  Map<String, String> bootstrapEnvironment() {
    return at(address().getPort(), setUp("cardvault-bootstrap"));
  }

  private Map<String, String> at(int port, Map<String, String> credential) {
    Map<String, String> all = new HashMap<>(credential);
    all.put("VAULT_ADDR", "https://127.0.0.1:" + port);
    all.put("VAULT_CACERT", identity.certificate().toString());
    return all;
  }

  URI address() {
    return URI.create(running.line().get("address").asText());
  }

  /** What it shows to its clients. */
  TlsIdentity identity() {
    return identity;
  }

  int port() {
    return address().getPort();
  }

  void seal() {
    call("PUT", "sys/seal", "");
  }

  void unseal() {
    if (!call("GET", "sys/seal-status", "").path("sealed").asBoolean()) {
      return;
    }
    call("PUT", "sys/unseal", "{\"key\":\"" + unsealKey + "\"}");
    Eventually.await(
        "unsealed",
        Duration.ofSeconds(10),
        () -> !call("GET", "sys/seal-status", "").path("sealed").asBoolean(true));
  }

  /** {@code kill -9}, and the same server again, at the same address. */
  void restart() {
    String listen = "127.0.0.1:" + port();
    end();
    running = launch(listen, unsealKey);
  }

  /** Makes every access token worthless but the operator's own. */
  void revokeServiceTokens() {
    accessors()
        .forEach(a -> call("POST", "auth/token/revoke-accessor", "{\"accessor\":\"" + a + "\"}"));
  }

  /** How many access tokens there are beside the operator's. */
  int serviceTokens() {
    return accessors().size();
  }

  private List<String> accessors() {
    List<String> accessors = new ArrayList<>();
    for (JsonNode accessor : call("LIST", "auth/token/accessors", "").path("data").path("keys")) {
      JsonNode token =
          call(
              "POST", "auth/token/lookup-accessor", "{\"accessor\":\"" + accessor.asText() + "\"}");
      if (token.path("data").path("path").asText().startsWith("auth/approle")) {
        accessors.add(accessor.asText());
      }
    }
    return accessors;
  }

  /** The service may log in, and may do nothing more. */
  void forbidEverything() {
    policy("path \"nothing\" { capabilities = [\"deny\"] }");
  }

  void restorePolicies() {
    try {
      policy(Files.readString(POLICIES.resolve("cardvault-app.hcl")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void policy(String text) {
    call(
        "PUT",
        "sys/policies/acl/cardvault-app",
        JSON.createObjectNode().put("policy", text).toString());
  }

  void rotateKeyOf(String tenant) {
    call("POST", "transit/keys/pan-kek-" + tenant + "/rotate", "{}");
  }

  /** A copy of all it keeps. Restarts it. */
  Path backUp() {
    String listen = "127.0.0.1:" + port();
    Path backup = folder.resolve("backup-" + System.nanoTime());
    end();
    World.run("cp", "-a", storage().toString(), backup.toString());
    running = launch(listen, unsealKey);
    return backup;
  }

  /** Goes back to a copy. Restarts it. */
  void restore(Path backup) {
    String listen = "127.0.0.1:" + port();
    end();
    World.run("rm", "-r", storage().toString());
    World.run("cp", "-a", backup.toString(), storage().toString());
    running = launch(listen, unsealKey);
  }

  private Path storage() {
    return folder.resolve("storage");
  }

  /** Makes a key of that tenant's name, other than any server else has. */
  void makeKeyOf(String tenant) {
    call("POST", "transit/keys/pan-kek-" + tenant, "{\"type\":\"aes256-gcm96\",\"derived\":true}");
  }

  @Override
  public void close() {
    end();
  }

  private void end() {
    running.process().destroyForcibly();
    running.process().onExit().join();
    RUNNING.remove(running.process());
  }

  private Running launch(String listen, String key) {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "-listen",
                listen,
                "-storage-dir",
                storage().toString(),
                "-tls-cert",
                identity.certificate().toString(),
                "-tls-key",
                identity.key().toString(),
                "-exit-with-stdin"));
    if (!key.isEmpty()) {
      command.addAll(List.of("-unseal-key", key));
    }
    try {
      Process process =
          new ProcessBuilder(command).redirectError(folder.resolve("log").toFile()).start();
      RUNNING.add(process);
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String line = output.readLine();
      if (line == null) {
        throw new IllegalStateException(Files.readString(folder.resolve("log")));
      }
      return new Running(process, JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> setUp(String role) {
    ProcessBuilder setup =
        new ProcessBuilder(POLICIES.resolve("setup.sh").toString(), "-r", role)
            .redirectError(folder.resolve("setup-log").toFile());
    setup.environment().put("VAULT_ADDR", address().toString());
    setup.environment().put("VAULT_TOKEN", rootToken);
    setup.environment().put("VAULT_CACERT", identity.certificate().toString());
    try {
      Process script = setup.start();
      JsonNode credential = JSON.readTree(script.getInputStream());
      if (!script.waitFor(60, TimeUnit.SECONDS) || script.exitValue() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve("setup-log")));
      }
      return Map.of(
          "VAULT_ROLE_ID", credential.get("role_id").asText(),
          "VAULT_SECRET_ID", credential.get("secret_id").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private JsonNode call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve("/v1/" + path))
            .header("X-Vault-Token", rootToken)
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 400) {
        throw new IllegalStateException(
            path + ": " + response.statusCode() + " " + response.body());
      }
      return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The process, and the one line with which it told where it listens. */
  private record Running(Process process, JsonNode line) {}
}
