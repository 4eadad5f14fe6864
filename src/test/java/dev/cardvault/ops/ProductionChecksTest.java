package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProductionChecksTest {

  private static final Map<String, String> SAFE =
      Map.of(
          "CARDVAULT_DB_URL", "jdbc:postgresql://db.example:5432/vault?sslmode=verify-full",
          "CARDVAULT_DB_USER", "vault",
          "CARDVAULT_DB_PASSWORD", "correct horse",
          "VAULT_ADDR", "https://vault.example:8200",
          "VAULT_ROLE_ID", "role",
          "VAULT_SECRET_ID", "secret",
          "VAULT_CACERT", "src/test/resources/dev/cardvault/ops/authority.pem",
          "CARDVAULT_TLS_TERMINATED", "true");

  @Test
  void acceptsASafeSetOfSettings() {
    assertEquals(List.of(), complaints(SAFE));
  }

  @Test
  void namesEverythingThatIsMissingAtOnce() {
    StartRefused refused =
        assertThrows(
            StartRefused.class, () -> ProductionChecks.refuseUnsafe(settings(Map.of(), Map.of())));

    assertEquals(ExitCode.CONFIGURATION, refused.exitCode());
    for (String name :
        List.of(
            "CARDVAULT_DB_URL",
            "CARDVAULT_DB_USER",
            "CARDVAULT_DB_PASSWORD",
            "VAULT_ADDR",
            "VAULT_ROLE_ID",
            "VAULT_SECRET_ID",
            "VAULT_TOKEN",
            "VAULT_CACERT",
            "The HTTP port")) {
      assertTrue(String.valueOf(refused.getMessage()).contains(name));
    }
    assertEquals(0, refused.getStackTrace().length);
  }

  @ParameterizedTest
  @CsvSource({
    "CARDVAULT_DB_URL, '', CARDVAULT_DB_URL is not set",
    "CARDVAULT_SESSIONS_NODE_ADDRESS, http://10.0.0.7:8080, is no https address",
    "CARDVAULT_DB_URL, mysql://db/vault, CARDVAULT_DB_URL is not the address",
    "CARDVAULT_DB_URL, jdbc:postgresql://db/vault, below verify-full",
    "CARDVAULT_DB_URL, jdbc:postgresql://db/vault?sslmode=require, below verify-full",
    "CARDVAULT_DB_URL, 'jdbc:postgresql://localhost,db/vault', below verify-full",
    "CARDVAULT_DB_URL, jdbc:postgresql://localhost/vault?password=x, holds a password",
    "CARDVAULT_DB_USER, '', CARDVAULT_DB_USER is not set",
    "CARDVAULT_DB_PASSWORD, '', CARDVAULT_DB_PASSWORD is not set",
    "VAULT_ADDR, '', VAULT_ADDR is not set",
    "VAULT_ADDR, vault.example, VAULT_ADDR is not an https address",
    "VAULT_ADDR, 'https://not an address', VAULT_ADDR is not an https address",
    "VAULT_ADDR, http://vault.example:8200, VAULT_ADDR is plain http",
    "VAULT_ADDR, http://localhost.example:8200, VAULT_ADDR is plain http",
    "VAULT_ROLE_ID, '', VAULT_ROLE_ID is not set",
    "VAULT_SECRET_ID, '', VAULT_SECRET_ID is not set",
    "VAULT_TOKEN, t, VAULT_TOKEN is set beside",
    "VAULT_TOKEN_FILE, /vault/secrets/token, VAULT_TOKEN_FILE is set beside",
    "VAULT_KUBERNETES_ROLE, cardvault, VAULT_KUBERNETES_ROLE is set beside",
    "VAULT_CACERT, '', VAULT_CACERT is not set",
    "VAULT_CACERT, no-such-file.pem, VAULT_CACERT does not name",
    "VAULT_CACERT, pom.xml, VAULT_CACERT does not name",
    "CARDVAULT_KEYS_SERVER, local, cardvault.keys.server is local",
    "CARDVAULT_OUTBOX_PLAIN_HTTP, true, cardvault.outbox.plain-http is true",
    "CARDVAULT_RETENTION_ONLINE, 2, cardvault.retention.online is no number of 3",
    "CARDVAULT_RETENTION_KEPT, 11, cardvault.retention.kept is no number of 12",
    "CARDVAULT_RETENTION_KEPT, a year, cardvault.retention.kept is no number of 12",
    "CARDVAULT_TLS_TERMINATED, no, listens to the network without TLS",
    "QUARKUS_HTTP_HOST, 0.0.0.0, ''",
    "CARDVAULT_DB_URI, x, CARDVAULT_DB_URI is not a setting",
    "QUARKUS_LOG_LEVEL, debug, is finer than INFO",
  })
  void namesTheOneSettingThatIsWrong(String name, String value, String complaint) {
    Map<String, String> environment = new HashMap<>(SAFE);
    environment.put(name, value);

    List<Complaint> complaints = complaints(environment);

    if (complaint.isEmpty()) {
      assertEquals(List.of(), complaints);
      return;
    }
    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.get(0).what().contains(complaint), complaints::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "CARDVAULT_DB_URL, jdbc:postgresql://localhost:5432/vault",
    "CARDVAULT_DB_URL, jdbc:postgresql://127.0.0.1/vault",
    "CARDVAULT_DB_URL, jdbc:postgresql:vault",
    "VAULT_ADDR, http://127.0.0.1:8200",
    "CARDVAULT_KEYS_SERVER, transit",
    "CARDVAULT_RETENTION_ONLINE, 3",
    "CARDVAULT_RETENTION_KEPT, 12",
    "QUARKUS_LOG_LEVEL, warn",
    "CARDVAULT_DB_MIGRATE_USER, owner",
  })
  void acceptsWhatStaysOnThisMachineOrIsKnown(String name, String value) {
    Map<String, String> environment = new HashMap<>(SAFE);
    environment.put(name, value);

    assertEquals(List.of(), complaints(environment));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VAULT_TOKEN", "VAULT_TOKEN_FILE", "VAULT_KUBERNETES_ROLE"})
  void acceptsEachWayToLogInByItself(String name) {
    assertEquals(List.of(), complaints(loggingInBy(name)));
  }

  @Test
  void refusesTwoWaysToLogIn() {
    Map<String, String> environment = loggingInBy("VAULT_TOKEN_FILE");
    environment.put("VAULT_KUBERNETES_ROLE", "cardvault");

    List<Complaint> complaints = complaints(environment);

    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.get(0).what().contains("set together"));
  }

  private static Map<String, String> loggingInBy(String name) {
    Map<String, String> environment = new HashMap<>(SAFE);
    environment.keySet().removeAll(List.of("VAULT_ROLE_ID", "VAULT_SECRET_ID"));
    environment.put(name, "value");
    return environment;
  }

  @Test
  void refusesFastAgiBeyondThisMachineUnlessItsNetworkIsPrivate() {
    Map<String, String> environment = new HashMap<>(SAFE);
    environment.put("CARDVAULT_FASTAGI_HOST", "0.0.0.0");
    assertEquals(List.of(), complaints(environment));
    environment.put("CARDVAULT_FASTAGI_ENABLED", "true");
    assertEquals(1, complaints(environment).size());
    environment.put("CARDVAULT_FASTAGI_NETWORK_IS_PRIVATE", "true");
    assertEquals(List.of(), complaints(environment));
  }

  @Test
  void neverRepeatsAValue() {
    Map<String, String> environment = new HashMap<>(SAFE);
    environment.replaceAll((name, value) -> "S3CRET");
    environment.put("CARDVAULT_TYPO", "S3CRET");

    assertFalse(complaints(environment).toString().contains("S3CRET"));
  }

  @Test
  void takesAMisspeltPropertyForWhatItIs() {
    List<Complaint> complaints =
        ProductionChecks.complaints(settings(Map.of("cardvault.keys.sever", "transit"), SAFE));

    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.get(0).what().startsWith("cardvault.keys.sever "));
  }

  @Test
  void acceptsTheSameValuesAsPropertiesOfQuarkus() {
    Map<String, String> properties =
        Map.of(
            "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/v?sslmode=verify-full",
            "quarkus.datasource.username", "u",
            "quarkus.datasource.password", "p",
            "cardvault.keys.vault.address", "https://vault:8200",
            "cardvault.keys.vault.token", "t",
            "cardvault.keys.vault.cacert", SAFE.getOrDefault("VAULT_CACERT", ""),
            "quarkus.tls.key-store.pem.0.cert", "cert.pem",
            "quarkus.http.insecure-requests", "disabled");

    assertEquals(List.of(), ProductionChecks.complaints(settings(properties, Map.of())));
  }

  @Test
  void refusesAPlainPortBesideTls() {
    Map<String, String> environment = new HashMap<>(SAFE);
    environment.remove("CARDVAULT_TLS_TERMINATED");

    List<Complaint> complaints =
        ProductionChecks.complaints(
            settings(Map.of("quarkus.tls.key-store.pem.0.cert", "cert.pem"), environment));

    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.get(0).what().contains("insecure-requests"));
  }

  private static List<Complaint> complaints(Map<String, String> environment) {
    return ProductionChecks.complaints(settings(Map.of(), environment));
  }

  private static Settings settings(Map<String, String> properties, Map<String, String> variables) {
    Properties system = new Properties();
    system.putAll(properties);
    return Settings.of(system, variables, "prod");
  }
}
