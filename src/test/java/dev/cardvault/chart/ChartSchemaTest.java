package dev.cardvault.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values.schema.json refuses, and that it says where. */
final class ChartSchemaTest {

  private static final Path VALUES = Helm.chart().resolve("values.yaml");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image.tag=latest|/image/tag",
        "image.tag=1|/image/tag",
        "image.digest=sha256:abc|/image/digest",
        "database.url=jdbc:postgresql://x/y|/database",
        "database.password=secret|/database",
        "database.hosts={postgres}|/database/hosts",
        "database.hosts=null|/database",
        "database.parameters.sslmode=disable|invalid propertyName",
        "database.parameters.password=x|invalid propertyName",
        "vault.address=http://vault:8200|/vault/address",
        "vault.token=x|/vault",
        "vault.auth.method=root|/vault/auth/method",
        "tls.mode=none|/tls/mode",
        "settings.cardvault\\.keys\\.server=local|invalid propertyName",
        "settings.cardvault\\.keys\\.vault\\.secret-id=x|invalid propertyName",
        "settings.cardvault\\.keys\\.vault\\.token=x|invalid propertyName",
        "settings.quarkus\\.datasource\\.password=x|invalid propertyName",
        "settings.quarkus\\.profile=embedded|invalid propertyName",
        "settings.log\\.level=x|invalid propertyName",
        "networkPolicy.callers=null|/networkPolicy",
        "networkPolicy.callers[0].ipBlock.cidr=0.0.0.0/0|/networkPolicy/callers",
        "resources.limits.memory=null|/resources/limits",
        "replicas=0|/replicas",
        "mystery=1|mystery",
      })
  void refuses(String setting, String where) {
    Helm.Run refused = Helm.found().template(VALUES, "--set", setting);
    assertNotEquals(0, refused.status(), setting);
    assertTrue(refused.output().contains(where), refused::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "[{\"podSelector\":{}}]"})
  void refusesACallerThatIsEverybody(String callers) {
    Helm.Run refused =
        Helm.found().template(VALUES, "--set-json", "networkPolicy.callers=" + callers);
    assertNotEquals(0, refused.status(), callers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image.tag=1.2.3",
        "image.tag=1.2.3-rc.1",
        "settings.cardvault\\.database\\.together=128",
        "settings.quarkus\\.log\\.level=WARN",
        "tls.mode=terminated",
        "vault.auth.method=agent",
        "networkPolicy.callers[0].ipBlock.cidr=10.1.2.0/24",
      })
  void accepts(String setting) {
    Helm.Run accepted = Helm.found().template(VALUES, "--set-string", setting);
    assertEquals(0, accepted.status(), accepted::output);
  }
}
