package dev.cardvault.chart;

import static dev.cardvault.chart.Rendered.containers;
import static dev.cardvault.chart.Rendered.environment;
import static dev.cardvault.chart.Rendered.selects;
import static dev.cardvault.chart.Rendered.stream;
import static dev.cardvault.chart.Rendered.text;
import static dev.cardvault.chart.Rendered.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every installation has to have, whichever example it began with. */
final class ChartTest {

  private static final String RESTRICTED_SECCOMP = "RuntimeDefault";
  private static final Set<String> WRITABLE = Set.of("tmp", "exports", "archive");
  private static final Set<String> SECRET =
      Set.of(
          "CARDVAULT_DB_USER",
          "CARDVAULT_DB_PASSWORD",
          "CARDVAULT_DB_MIGRATE_USER",
          "CARDVAULT_DB_MIGRATE_PASSWORD",
          "VAULT_ROLE_ID",
          "VAULT_SECRET_ID",
          "VAULT_TOKEN");

  static Stream<Path> examples() {
    return Helm.examples().stream();
  }

  @Test
  void hasTheExamplesItPromises() {
    assertEquals(
        List.of(
            "values-citus.yaml",
            "values-high-availability.yaml",
            "values-one-node.yaml",
            "values-yugabytedb.yaml",
            "values.yaml"),
        Helm.examples().stream().map(file -> file.getFileName().toString()).toList());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isWellFormed(Path values) {
    Helm.Run lint = Helm.found().lint(values);
    assertEquals(0, lint.status(), lint::output);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void keepsEverySecretInASecret(Path values) {
    Rendered rendered = Helm.found().render(values);
    assertEquals(List.of(), rendered.of("Secret"));
    for (JsonNode pod : rendered.pods().values()) {
      for (JsonNode container : containers(pod)) {
        environment(container)
            .forEach(
                (name, entry) -> {
                  boolean secret = SECRET.contains(name) || name.matches(".*(PASSWORD|_SECRET)$");
                  assertEquals(secret, entry.at("/valueFrom/secretKeyRef").isObject(), name);
                  assertFalse(secret && entry.has("value"), name);
                });
        assertFalse(container.has("envFrom"), "every variable is named");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runsNothingAsRoot(Path values) {
    Rendered rendered = Helm.found().render(values);
    assertEquals(Set.of("Deployment", "Job"), rendered.pods().keySet());
    for (JsonNode pod : rendered.pods().values()) {
      JsonNode security = pod.at("/spec/securityContext");
      assertTrue(security.path("runAsNonRoot").asBoolean());
      assertTrue(security.path("runAsUser").asInt() > 0);
      assertTrue(security.path("runAsGroup").asInt() > 0);
      assertEquals(RESTRICTED_SECCOMP, security.at("/seccompProfile/type").asText());
      for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertFalse(pod.path("spec").has(shared), shared);
      }
      for (JsonNode container : containers(pod)) {
        JsonNode own = container.path("securityContext");
        assertFalse(own.path("allowPrivilegeEscalation").asBoolean(true));
        assertTrue(own.path("readOnlyRootFilesystem").asBoolean());
        assertEquals("[\"ALL\"]", own.at("/capabilities/drop").toString());
        assertFalse(own.path("capabilities").has("add"));
        assertFalse(own.has("privileged") || own.has("runAsUser"), "nothing overrides the pod's");
      }
      stream(pod.at("/spec/volumes"))
          .forEach(volume -> assertFalse(volume.has("hostPath"), volume::toString));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runsNoImageThatMoves(Path values) {
    for (JsonNode pod : Helm.found().render(values).pods().values()) {
      for (JsonNode container : containers(pod)) {
        String image = container.path("image").asText();
        assertTrue(image.matches("[^@]+:\\d+\\.\\d+\\.\\d+(@sha256:[0-9a-f]{64})?"), () -> image);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void setsOnlyWhatTheServiceKnows(Path values) {
    Set<String> known = KnownSettings.variables();
    for (JsonNode pod : Helm.found().render(values).pods().values()) {
      for (JsonNode container : containers(pod)) {
        Set<String> unknown = new TreeSet<>(environment(container).keySet());
        unknown.removeIf(name -> known.contains(name) || name.startsWith("QUARKUS_"));
        assertEquals(Set.of(), unknown);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void givesPodsNoAccountOfTheCluster(Path values) {
    Rendered rendered = Helm.found().render(values);
    JsonNode account = rendered.one("ServiceAccount");
    assertFalse(account.path("automountServiceAccountToken").asBoolean(true));
    rendered
        .pods()
        .forEach(
            (kind, pod) -> {
              JsonNode spec = pod.path("spec");
              assertFalse(spec.path("automountServiceAccountToken").asBoolean(true), kind);
              assertFalse(spec.path("enableServiceLinks").asBoolean(true), kind);
            });
  }

  /** A token for Vault alone, and only where Vault is logged in to with it. */
  @Test
  void givesATokenForVaultOnlyToThoseWhoLogInWithIt() {
    Helm helm = Helm.found();
    Path values = Helm.chart().resolve("values.yaml");
    for (String method : List.of("kubernetes", "agent", "appRole")) {
      Rendered rendered = helm.render(values, "--set", "vault.auth.method=" + method);
      List<JsonNode> tokens =
          rendered.objects().stream()
              .flatMap(Rendered::within)
              .flatMap(node -> Stream.of(node.path("serviceAccountToken")))
              .filter(JsonNode::isObject)
              .toList();
      assertEquals(method.equals("appRole") ? 0 : 1, tokens.size(), method);
      tokens.forEach(token -> assertEquals("vault", token.path("audience").asText()));
      JsonNode service = containers(rendered.pod("Deployment")).get(0);
      boolean mounted =
          stream(service.path("volumeMounts"))
              .anyMatch(mount -> mount.path("name").asText().equals("vault-token"));
      assertEquals(method.equals("kubernetes"), mounted, method);
      String way =
          Map.of(
                  "kubernetes",
                  "VAULT_KUBERNETES_ROLE",
                  "agent",
                  "VAULT_TOKEN_FILE",
                  "appRole",
                  "VAULT_ROLE_ID")
              .getOrDefault(method, "");
      assertTrue(environment(service).containsKey(way), method);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void migratesUnderARoleThatTheServiceDoesNotKnow(Path values) {
    Rendered rendered = Helm.found().render(values);
    JsonNode job = rendered.one("Job");
    assertEquals("pre-install,pre-upgrade", job.at("/metadata/annotations/helm.sh~1hook").asText());
    JsonNode migrate = containers(rendered.pod("Job")).get(0);
    assertEquals("[\"migrate\"]", migrate.path("args").toString());
    Set<String> migrates = environment(migrate).keySet();
    Set<String> serves = environment(containers(rendered.pod("Deployment")).get(0)).keySet();
    assertTrue(migrates.contains("CARDVAULT_DB_MIGRATE_PASSWORD"));
    assertFalse(migrates.contains("CARDVAULT_DB_PASSWORD"));
    assertTrue(migrates.stream().noneMatch(name -> name.contains("VAULT_ADDR")));
    assertTrue(serves.stream().noneMatch(name -> name.contains("MIGRATE_PASSWORD")));
    assertTrue(serves.contains("QUARKUS_FLYWAY_MIGRATE_AT_START"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void letsInOnlyCallersAndOutOnlyToPostgresVaultAndNames(Path values) {
    Rendered rendered = Helm.found().render(values);
    List<JsonNode> policies = rendered.of("NetworkPolicy");
    rendered
        .pods()
        .forEach(
            (kind, pod) -> {
              List<JsonNode> own =
                  policies.stream()
                      .filter(p -> selects(p.at("/spec/podSelector/matchLabels"), pod))
                      .toList();
              assertEquals(1, own.size(), kind);
              JsonNode policy = own.get(0).path("spec");
              assertEquals("[\"Ingress\",\"Egress\"]", policy.path("policyTypes").toString());
              boolean serves = kind.equals("Deployment");
              assertEquals(serves ? 2 : 0, policy.path("ingress").size(), kind);
              assertEquals(serves ? 3 : 2, policy.path("egress").size(), kind);
              Stream.concat(stream(policy.path("ingress")), stream(policy.path("egress")))
                  .forEach(ChartTest::namesItsPeersAndPorts);
            });
  }

  @Test
  void letsWebhooksOutOnlyWhereTheyMayGo() {
    Rendered rendered =
        Helm.found()
            .render(
                Helm.chart().resolve("values.yaml"),
                "--set",
                "networkPolicy.webhooks[0].ipBlock.cidr=10.9.8.7/32");
    List<String> rules =
        stream(rendered.of("NetworkPolicy").get(0).at("/spec/egress"))
            .map(JsonNode::toString)
            .filter(rule -> rule.contains("10.9.8.7/32"))
            .toList();
    assertEquals(1, rules.size());
    assertTrue(rules.get(0).contains("\"port\":443"), rules::toString);
  }

  private static void namesItsPeersAndPorts(JsonNode rule) {
    JsonNode peers = rule.has("from") ? rule.path("from") : rule.path("to");
    assertFalse(peers.isEmpty(), rule::toString);
    assertFalse(rule.path("ports").isEmpty(), rule::toString);
    within(peers)
        .filter(JsonNode::isContainerNode)
        .forEach(node -> assertFalse(node.isEmpty(), "an empty selector is everybody"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void leadsEverySelectorToThePods(Path values) {
    Rendered rendered = Helm.found().render(values);
    JsonNode pod = rendered.pod("Deployment");
    JsonNode migration = rendered.pod("Job");
    Stream<JsonNode> selectors =
        Stream.of(
                rendered.of("Service").stream().map(o -> o.at("/spec/selector")),
                rendered.of("PodDisruptionBudget").stream()
                    .map(o -> o.at("/spec/selector/matchLabels")),
                rendered.of("Deployment").stream().map(o -> o.at("/spec/selector/matchLabels")),
                stream(pod.at("/spec/topologySpreadConstraints"))
                    .map(o -> o.at("/labelSelector/matchLabels")))
            .flatMap(all -> all);
    selectors.forEach(
        selector -> {
          assertTrue(selects(selector, pod), selector::toString);
          assertFalse(selects(selector, migration), selector::toString);
        });
    Set<String> ports =
        stream(containers(pod).get(0).path("ports"))
            .map(port -> port.path("name").asText())
            .collect(Collectors.toSet());
    rendered
        .of("Service")
        .forEach(
            service ->
                stream(service.at("/spec/ports"))
                    .forEach(p -> assertTrue(ports.contains(p.path("targetPort").asText()))));
    rendered
        .of("ServiceMonitor")
        .forEach(
            monitor -> {
              JsonNode wanted = monitor.at("/spec/selector/matchLabels");
              assertEquals(
                  1,
                  rendered.of("Service").stream()
                      .filter(
                          s ->
                              wanted.properties().stream()
                                  .allMatch(
                                      l ->
                                          l.getValue()
                                              .equals(s.at("/metadata/labels").get(l.getKey()))))
                      .count());
            });
  }

  @ParameterizedTest
  @MethodSource("examples")
  void mountsWhatThereIsAndWritesOnlyWhereItMay(Path values) {
    for (JsonNode pod : Helm.found().render(values).pods().values()) {
      Set<String> volumes =
          stream(pod.at("/spec/volumes"))
              .map(volume -> volume.path("name").asText())
              .collect(Collectors.toSet());
      for (JsonNode container : containers(pod)) {
        for (JsonNode mount : container.path("volumeMounts")) {
          String name = mount.path("name").asText();
          assertTrue(volumes.contains(name), name);
          assertEquals(!WRITABLE.contains(name), mount.path("readOnly").asBoolean(), name);
        }
      }
      stream(pod.at("/spec/volumes"))
          .filter(volume -> volume.has("emptyDir"))
          .forEach(volume -> assertTrue(volume.at("/emptyDir").has("sizeLimit"), "bounded"));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void asksEachProbeOnTheManagementPort(Path values) {
    JsonNode service = containers(Helm.found().render(values).pod("Deployment")).get(0);
    Map<String, String> paths =
        Map.of(
            "startupProbe", "/q/health/started",
            "livenessProbe", "/q/health/live",
            "readinessProbe", "/q/health/ready");
    paths.forEach(
        (probe, path) -> {
          assertEquals(path, text(service, "/" + probe + "/httpGet/path").orElse(""));
          assertEquals("management", text(service, "/" + probe + "/httpGet/port").orElse(""));
        });
    assertTrue(service.at("/resources/limits").has("memory"));
  }

  @Test
  void survivesTheLossOfANodeWhereItPromisesTo() {
    Rendered rendered = Helm.found().render(Helm.chart().resolve("values-high-availability.yaml"));
    JsonNode scaler = rendered.one("HorizontalPodAutoscaler");
    assertTrue(scaler.at("/spec/minReplicas").asInt() >= 3);
    assertFalse(rendered.one("Deployment").path("spec").has("replicas"), "the scaler's alone");
    assertEquals(1, rendered.one("PodDisruptionBudget").at("/spec/maxUnavailable").asInt());
    assertEquals(
        Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"),
        stream(rendered.pod("Deployment").at("/spec/topologySpreadConstraints"))
            .filter(c -> c.path("whenUnsatisfiable").asText().equals("DoNotSchedule"))
            .map(c -> c.path("topologyKey").asText())
            .collect(Collectors.toSet()));
    assertEquals(1, rendered.of("ServiceMonitor").size());
    assertEquals(1, rendered.of("PrometheusRule").size());
    assertEquals(1, rendered.of("ConfigMap").size());
  }

  /** What External Secrets fetches has the names and keys that pods look for. */
  @Test
  void fetchesTheSecretsThatPodsRead() {
    Helm helm = Helm.found();
    Rendered rendered =
        helm.render(
            Helm.chart().resolve("values-high-availability.yaml"),
            "--set",
            "vault.auth.method=appRole");
    Set<String> fetched = new TreeSet<>();
    for (JsonNode external : rendered.of("ExternalSecret")) {
      String name = external.at("/spec/target/name").asText();
      stream(external.at("/spec/data"))
          .forEach(data -> fetched.add(name + "/" + data.path("secretKey").asText()));
    }
    Set<String> read = new TreeSet<>();
    for (JsonNode pod : rendered.pods().values()) {
      containers(pod).stream()
          .flatMap(container -> environment(container).values().stream())
          .map(entry -> entry.at("/valueFrom/secretKeyRef"))
          .filter(JsonNode::isObject)
          .forEach(ref -> read.add(ref.path("name").asText() + "/" + ref.path("key").asText()));
    }
    assertEquals(read, fetched);
  }
}
