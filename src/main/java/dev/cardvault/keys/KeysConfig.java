package dev.cardvault.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How keys are held. */
@ConfigMapping(prefix = "cardvault.keys")
public interface KeysConfig {

  /**
   * Which key server wraps the keys: {@code transit} (Vault or OpenBao), or {@code local} (a file;
   * not for cardholder data, and refused in the {@code prod} profile).
   */
  @WithDefault("transit")
  Kind server();

  /** Where the local key server keeps its keys. Unused with {@code transit}. */
  @WithDefault("${CARDVAULT_DATA:data}/keystore.json")
  Path keystore();

  /**
   * How often the key server is asked for its health, and the database for rotations. Sealing the
   * key server empties all caches within this time and the key server's time-out; together at most
   * 5 seconds.
   */
  @WithDefault("2s")
  Duration poll();

  /** How long an opened PAN key stays in memory. At most 5 minutes. */
  @WithDefault("5m")
  Duration cacheAge();

  /** How many opened PAN keys stay in memory. At most 10,000. */
  @WithDefault("10000")
  int cacheSize();

  /** How long a node seals with one PAN key before it makes another. At most 24 hours. */
  @WithDefault("24h")
  Duration panKeyAge();

  /**
   * How many records a node seals with one PAN key. At most 2^20: random 96-bit IVs stay far from
   * colliding (SP 800-38D, 8.3).
   */
  @WithDefault("1048576")
  int panKeyRecords();

  /** The key server of {@code transit}. */
  Vault vault();

  /** Which key server. */
  enum Kind {
    /** HashiCorp Vault or OpenBao. */
    TRANSIT,
    /** A file. */
    LOCAL
  }

  /** Where Vault is and how to log in to it. */
  interface Vault {

    /** Its URL; {@code https} outside of tests. */
    @WithDefault("${VAULT_ADDR:}")
    Optional<String> address();

    /** The AppRole's id. */
    @WithDefault("${VAULT_ROLE_ID:}")
    Optional<String> roleId();

    /** The AppRole's secret. */
    @WithDefault("${VAULT_SECRET_ID:}")
    Optional<String> secretId();

    /** A token, in place of an AppRole. */
    @WithDefault("${VAULT_TOKEN:}")
    Optional<String> token();

    /** A file with a token that an agent of Vault keeps fresh, in place of an AppRole. */
    @WithDefault("${VAULT_TOKEN_FILE:}")
    Optional<Path> tokenFile();

    /** The role to log in to with a Kubernetes service account, in place of an AppRole. */
    @WithDefault("${VAULT_KUBERNETES_ROLE:}")
    Optional<String> kubernetesRole();

    /** Where Kubernetes authentication is mounted. */
    @WithDefault("kubernetes")
    String kubernetesMount();

    /** The file of the service account's token; read at each login. */
    @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount/token")
    Path kubernetesTokenFile();

    /** A PEM file of the certificate authority that its certificate comes from. */
    @WithDefault("${VAULT_CACERT:}")
    Optional<Path> cacert();

    /** Its namespace, where it has several. */
    @WithDefault("${VAULT_NAMESPACE:}")
    Optional<String> namespace();

    /** Where the Transit engine is mounted. */
    @WithDefault("transit")
    String mount();

    /** Where AppRole is mounted. */
    @WithDefault("approle")
    String appRoleMount();

    /** How long one call may take. */
    @WithDefault("2s")
    Duration timeout();

    /** How long one call and its retries may take together. */
    @WithDefault("4s")
    Duration deadline();
  }
}
