package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.JvmOnly;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the process ends, and when it refuses to begin. */
final class ProcessIT {

  @Test
  @FaultCase(21)
  @Promise({"P1", "P2", "P7"})
  void drainsOnSigtermUnderLoad() {
    History history = new History();
    try (Stage stage = Stage.own().nodes(2).start()) {
      VaultClient survivor = stage.client().at(() -> stage.node(1).api());
      try (Load load = Load.start(history, List.of(stage.client()), 16, 200, 21)) {
        Eventually.await("tokens", Duration.ofSeconds(30), () -> history.tokens().size() > 200);
        stage.node(0).terminate();
        int code = stage.node(0).awaitExit(Duration.ofSeconds(10));
        assertTrue(code == 0 || code == 143, "exit code " + code);
        load.stop();
      }
      List<Call> failed = history.calls().filter(c -> c.answer().status() >= 500).limit(3).toList();
      assertEquals(List.of(), failed, history.summary());
      stage.check(history, survivor).verify();
    }
  }

  @Test
  @FaultCase(22)
  @Promise({"P1", "P5"})
  @JvmOnly
  void endsWithoutADumpWhenItsHeapIsExhausted() throws IOException {
    try (Stage stage =
        Stage.own().nodes(2).flag("-Xmx64m").flag("-XX:+ExitOnOutOfMemoryError").start()) {
      History history = new History();
      ServiceNode small = stage.node(0);
      String items =
          IntStream.range(0, 500)
              .mapToObj(i -> VaultClient.tokenBody(Cards.number(22_000 + i)))
              .collect(Collectors.joining(","));
      String body = "{\"mode\":\"partial\",\"items\":[" + items + "]}";
      for (int round = 0; round < 4 && small.isAlive(); round++) {
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          calls.add(stage.client().post("ivr", "/v1/tokens/batch", body));
        }
        for (CompletableFuture<Answer> call : calls) {
          Answer answer = call.join();
          assertTrue(
              answer.isLost()
                  || answer.succeeded()
                  || answer.status() == 503
                  || answer.status() == 413
                  || answer.status() == 429,
              answer.toString());
        }
      }
      if (small.isAlive()) {
        // It shed what it could not hold; then it has to be as good as before.
        Eventually.await(
            "service after pressure",
            Duration.ofSeconds(10),
            () ->
                history.tokenize(stage.client(), Cards.number(22), "after").join().acknowledged());
      } else {
        assertNotEquals(0, small.awaitExit(Duration.ofSeconds(1)));
      }
      try (java.util.stream.Stream<Path> files = Files.list(Path.of(""))) {
        assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".hprof")).toList());
      }
    }
  }

  @Test
  @FaultCase(18)
  @Promise("P7")
  void isNotReadyOnASchemaItDoesNotKnow() {
    try (Stage stage = Stage.own().nodes(0).start()) {
      stage.database().execute("ALTER TABLE token DROP COLUMN last4");
      assertRefusesToServe(stage.launchNode());
    }
  }

  @Test
  @FaultCase(18)
  void isNotReadyWhenAMigrationIsFromTheFuture() {
    try (Stage stage = Stage.own().nodes(0).start()) {
      stage
          .database()
          .execute(
              """
              INSERT INTO flyway_schema_history
                (installed_rank, version, description, type, script, checksum, installed_by,
                 execution_time, success)
              SELECT max(installed_rank) + 1, '9999', 'future', 'SQL', 'V9999__future.sql', 1,
                     'postgres', 1, true
                FROM flyway_schema_history
              """);
      assertRefusesToServe(stage.launchNode());
    }
  }

  @Test
  @FaultCase(27)
  @Promise("P1")
  void refusesToServeUnderAnotherKeySet() {
    try (Stage stage = Stage.own().start()) {
      Answer token = stage.client().tokenize(Cards.number(27)).join();
      assertTrue(token.succeeded(), token.toString());
      try (KeyServer other = stage.world().anotherKeyServer(stage.tenant());
          ServiceNode node = stage.launchNode(other.environment())) {
        Eventually.await(
            "it refuses",
            Duration.ofSeconds(60),
            () -> !node.isAlive() || node.foundPorts() && node.health("live") == 200);
        if (node.isAlive()) {
          VaultClient client = stage.client().at(node::api);
          assertEquals(503, node.health("ready"));
          Answer reveal = client.detokenize(token.field("token"), "wrong-keys").join();
          assertTrue(reveal.status() >= 500, reveal.toString());
          Answer more = client.tokenize(Cards.number(27_001)).join();
          assertTrue(more.status() >= 500, more.toString());
        }
      }
      assertEquals(
          200, stage.client().detokenize(token.field("token"), "right-keys").join().status());
    }
  }

  private static void assertRefusesToServe(ServiceNode node) {
    try (node) {
      Eventually.await(
          "it refuses",
          Duration.ofSeconds(60),
          () -> !node.isAlive() || node.foundPorts() && node.health("ready") == 503);
    }
  }
}
