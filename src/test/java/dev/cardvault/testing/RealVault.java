package dev.cardvault.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Vault with {@code vault-policies} applied: the one of {@code VAULT_ADDR} and {@code
 * VAULT_TOKEN}, or one started from {@code vault} or {@code bao} on the path, from Docker, or built
 * by Go from {@code tools/key-server}. With none of these, tests that need it are skipped, and one
 * loud line tells so.
 *
 * <p>{@link #shared} is one a JVM. A test that seals, stops or kills it starts one of its own by
 * {@link #own}, and closes it.
 */
public final class RealVault implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RealVault.class);

  // Quarkus loads test classes twice, each copy with statics of its own; properties are the JVM's.
  private static final String SHARED = "dev.cardvault.testing.vault";
  private static final String NONE = "none";

  private final String address;
  private final String rootToken;
  private final String roleId;
  private final String secretId;
  private final @Nullable VaultServer server;
  private final VaultApi api = new VaultApi();

  private RealVault(
      String address, String rootToken, Credential role, @Nullable VaultServer server) {
    this.address = address;
    this.rootToken = rootToken;
    this.roleId = role.roleId();
    this.secretId = role.secretId();
    this.server = server;
  }

  /** The JVM's Vault, started when first asked for; skips the test when there is none. */
  public static RealVault shared() {
    synchronized (System.getProperties()) {
      String known = System.getProperty(SHARED);
      if (known == null) {
        known = find().map(RealVault::describe).orElse(NONE);
        System.setProperty(SHARED, known);
      }
      Assumptions.assumeFalse(known.equals(NONE), "There is no real key server");
      String[] parts = known.split(" ", -1);
      return new RealVault(parts[0], parts[1], new Credential(parts[2], parts[3]), null);
    }
  }

  /** A Vault of the test's own; skips the test when none can be started. */
  public static RealVault own() {
    Optional<Supplier<VaultServer>> found = VaultFinder.find();
    Assumptions.assumeTrue(found.isPresent(), "No real key server can be started");
    return started(found.orElseThrow().get());
  }

  private static Optional<RealVault> find() {
    String address = System.getenv("VAULT_ADDR");
    String token = System.getenv("VAULT_TOKEN");
    if (address != null && token != null) {
      return Optional.of(new RealVault(address, token, setUp(address, token, List.of()), null));
    }
    Optional<RealVault> started = VaultFinder.find().map(Supplier::get).map(RealVault::started);
    if (started.isEmpty()) {
      LOG.error("NO REAL KEY SERVER FOUND: the tests against it are SKIPPED; see README.md");
    }
    return started;
  }

  private static RealVault started(VaultServer server) {
    server.start();
    Credential role = setUp(server.address(), server.rootToken(), List.of());
    return new RealVault(server.address(), server.rootToken(), role, server);
  }

  private String describe() {
    return String.join(" ", address, rootToken, roleId, secretId);
  }

  /** Where it is, for {@code VAULT_ADDR}. */
  public String address() {
    return address;
  }

  /** What its operator logs in with. */
  public String rootToken() {
    return rootToken;
  }

  /** The AppRole of the service, for {@code VAULT_ROLE_ID}. */
  public String roleId() {
    return roleId;
  }

  /** The secret of the AppRole, for {@code VAULT_SECRET_ID}. */
  public String secretId() {
    return secretId;
  }

  /** The credential of another role of {@code vault-policies/setup.sh}. */
  public Credential credential(String role) {
    return setUp(address, rootToken, List.of("-r", role));
  }

  /** A new renewable token that has {@code policies} and nothing else. */
  public String token(String... policies) {
    List<String> quoted = Arrays.stream(policies).map(name -> "\"" + name + "\"").toList();
    String body =
        "{\"policies\":[%s],\"no_default_policy\":true,\"renewable\":true,\"ttl\":\"1h\"}"
            .formatted(String.join(",", quoted));
    return asOperator("POST", "auth/token/create", body).path("auth").path("client_token").asText();
  }

  /** Makes the KEK of a tenant, as an administrator does. */
  public void createKek(UUID tenant) {
    setUp(address, rootToken, List.of(tenant.toString()));
  }

  /** The answer to an operator's call, which must work; an empty body is none. */
  public JsonNode asOperator(String method, String path, String body) {
    return api.must(address, rootToken, method, path, body);
  }

  /** The status of a call with any token. */
  public int status(String token, String method, String path, String body) {
    return api.call(address, token, method, path, body).status();
  }

  /** Seals it: the kill switch. */
  public void seal() {
    mine();
    asOperator("PUT", "sys/seal", "");
  }

  /** Opens its seal again. */
  public void unseal() {
    api.must(address, "", "PUT", "sys/unseal", "{\"key\":\"" + mine().unsealKey() + "\"}");
    Patience.until(() -> api.call(address, "", "GET", "sys/health", "").status() == 200);
  }

  /** Ends it in an orderly way. */
  public void stop() {
    mine().stop();
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    mine().kill();
  }

  /** Starts it again, unsealed, where it was before. */
  public void start() {
    mine().start();
  }

  /** Halts it as it is: it accepts calls and answers none. */
  public void freeze() {
    mine().freeze();
  }

  /** Lets it go on. */
  public void thaw() {
    mine().thaw();
  }

  @Override
  public void close() {
    mine().close();
  }

  private VaultServer mine() {
    if (server == null) {
      throw new IllegalStateException("The shared Vault is not a test's to stop");
    }
    return server;
  }

  /** Runs {@code vault-policies/setup.sh} as an operator does. */
  private static Credential setUp(String address, String token, List<String> arguments) {
    Path script = VaultFinder.project().resolve("vault-policies/setup.sh");
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("VAULT_ADDR", address);
    builder.environment().put("VAULT_TOKEN", token);
    try {
      Process process = builder.redirectErrorStream(false).start();
      String out =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String complaints =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("setup.sh failed: " + complaints);
      }
      JsonNode told = new ObjectMapper().readTree(out);
      return new Credential(told.path("role_id").asText(), told.path("secret_id").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What an AppRole logs in with. */
  public record Credential(String roleId, String secretId) {}
}
