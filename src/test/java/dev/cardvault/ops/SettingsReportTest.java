package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SettingsReportTest {

  private static final Pattern SOUNDS_SECRET =
      Pattern.compile("(?i).*(secret|password|token|key|credential|role.?id).*");

  /** They sound as if they held secrets, and hold numbers, times and names. */
  private static final Set<String> HARMLESS =
      Set.of(
          "cardvault.clients.token-lifetime",
          "cardvault.clients.verified-tokens",
          "cardvault.keys.cache-age",
          "cardvault.keys.cache-size",
          "cardvault.keys.keystore",
          "cardvault.keys.pan-key-age",
          "cardvault.keys.pan-key-records",
          "cardvault.keys.poll",
          "cardvault.keys.server",
          "cardvault.keys.vault.address",
          "cardvault.keys.vault.app-role-mount",
          "cardvault.keys.vault.cacert",
          "cardvault.keys.vault.deadline",
          "cardvault.keys.vault.kubernetes-mount",
          "cardvault.keys.vault.kubernetes-role",
          "cardvault.keys.vault.kubernetes-token-file",
          "cardvault.keys.vault.mount",
          "cardvault.keys.vault.namespace",
          "cardvault.keys.vault.token-file",
          "VAULT_TOKEN_FILE",
          "cardvault.keys.vault.timeout");

  @Test
  void whatSoundsLikeASecretIsShownOnlyIfSomebodySaidItIsNone() {
    Map<String, String> environment = new HashMap<>();
    Properties properties = new Properties();
    names()
        .forEach(
            name -> {
              if (name.startsWith("cardvault.")) {
                properties.setProperty(name, "canary");
              } else {
                environment.put(name, "canary");
              }
            });

    Map<String, String> report = SettingsReport.of(Settings.of(properties, environment, "prod"));

    Set<String> shown = new TreeSet<>();
    report.forEach(
        (name, value) -> {
          if (value.equals("canary") && SOUNDS_SECRET.matcher(name).matches()) {
            shown.add(name);
          }
        });
    shown.removeAll(HARMLESS);
    assertEquals(Set.of(), shown);
    assertEquals("canary", report.getOrDefault("VAULT_ADDR", ""));
    assertEquals(SettingsReport.SECRET, report.getOrDefault("VAULT_TOKEN", ""));
  }

  @Test
  void showsNoPasswordInAnAddress() {
    Map<String, String> report =
        SettingsReport.of(
            Settings.of(
                new Properties(),
                Map.of(
                    "CARDVAULT_DB_URL",
                    "jdbc:postgresql://me:hidden@db/x?ssl=1&password=hidden&a=b"),
                "prod"));
    assertEquals(
        "jdbc:postgresql://***db/x?ssl=1&password=***&a=b",
        report.getOrDefault("CARDVAULT_DB_URL", ""));
    assertFalse(report.toString().contains("hidden"));
  }

  private static Stream<String> names() {
    return Stream.concat(
        PackagedText.lines(SettingNames.LIST).stream(),
        Stream.of(Variable.values()).map(Variable::name));
  }
}
