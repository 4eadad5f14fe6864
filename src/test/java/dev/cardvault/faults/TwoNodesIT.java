package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database. */
final class TwoNodesIT {

  private static Stage stage;
  private static VaultClient one;
  private static VaultClient two;

  @BeforeAll
  static void start() {
    stage = Stage.own().nodes(2).start();
    one = stage.client();
    two = stage.client().at(() -> stage.node(1).api());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  @FaultCase(25)
  @Promise("P3")
  void aThousandRacesForOneCardEndInOneTokenEach() {
    for (int round = 0; round < 20; round++) {
      int from = 25_000 + round * 50;
      List<CompletableFuture<Answer>> here =
          IntStream.range(from, from + 50).mapToObj(i -> one.tokenize(Cards.number(i))).toList();
      List<CompletableFuture<Answer>> there =
          IntStream.range(from, from + 50).mapToObj(i -> two.tokenize(Cards.number(i))).toList();
      for (int i = 0; i < 50; i++) {
        assertTrue(here.get(i).join().succeeded(), here.get(i).join().toString());
        assertTrue(there.get(i).join().succeeded(), there.get(i).join().toString());
        assertEquals(here.get(i).join().field("token"), there.get(i).join().field("token"));
      }
    }
  }

  @Test
  @FaultCase(25)
  @Promise("P3")
  void thirtyTwoClientsOfTheSameCardGetOneToken() {
    for (int round = 0; round < 10; round++) {
      String number = Cards.number(26_000 + round);
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 32).mapToObj(i -> (i % 2 == 0 ? one : two).tokenize(number)).toList();
      Set<String> tokens = new HashSet<>();
      int created = 0;
      for (CompletableFuture<Answer> call : calls) {
        Answer answer = call.join();
        assertTrue(answer.succeeded(), answer.toString());
        tokens.add(answer.field("token"));
        created += answer.json().path("deduplicated").asBoolean() ? 0 : 1;
      }
      assertEquals(1, tokens.size());
      assertEquals(1, created, "tokens that claim to be new");
    }
  }

  @Test
  @FaultCase({25, 29})
  @Promise({"P3", "P6"})
  void theSameIdempotencyKeyInParallelHasOneEffect() {
    for (int round = 0; round < 10; round++) {
      String body = IdempotencyIT.noReuse(29_100 + round);
      String key = "twin-" + round;
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 16)
              .mapToObj(
                  i ->
                      (i % 2 == 0 ? one : two)
                          .post("ivr", "/v1/tokens", body, "Idempotency-Key", key))
              .toList();
      Set<String> tokens = new HashSet<>();
      for (CompletableFuture<Answer> call : calls) {
        Answer answer = call.join();
        if (answer.code().equals("idempotency-in-flight")) {
          continue;
        }
        assertTrue(answer.succeeded(), answer.toString());
        tokens.add(answer.field("token"));
      }
      assertEquals(1, tokens.size(), "tokens of one idempotency key");
    }
  }

  @Test
  @FaultCase(25)
  void bothNoticeASuspendedClientWithinFiveSeconds() {
    String id = stage.credentials().of("ivr").id();
    Answer suspended =
        one.post("admin", "/v1/clients/" + id + "/suspend", "{\"reason\":\"test\"}").join();
    assertTrue(suspended.succeeded(), suspended.toString());
    for (VaultClient node : List.of(one, two)) {
      Eventually.await(
          "the suspension counts",
          Duration.ofSeconds(5),
          () -> node.tokenize(Cards.number(27)).join().code().equals("client-suspended"));
    }
    Answer resumed =
        two.post("admin", "/v1/clients/" + id + "/resume", "{\"reason\":\"test\"}").join();
    assertTrue(resumed.succeeded(), resumed.toString());
    for (VaultClient node : List.of(one, two)) {
      Eventually.await(
          "the client works again",
          Duration.ofSeconds(5),
          () -> node.tokenize(Cards.number(27)).join().succeeded());
    }
  }

  @Test
  @FaultCase({20, 25})
  @Promise({"P1", "P2", "P3"})
  void aFrozenNodeHurtsNoOtherAndComesBackTruthful() {
    History history = new History();
    try (Load load = Load.start(history, List.of(one, two), 16, 200, 25)) {
      Eventually.await("tokens", Duration.ofSeconds(30), () -> history.tokens().size() > 50);
      stage.node(0).freeze();
      try {
        for (int i = 0; i < 20; i++) {
          Answer answer = two.tokenize(Cards.number(28_000 + i)).join();
          assertTrue(answer.succeeded(), answer.toString());
        }
      } finally {
        stage.node(0).thaw();
      }
      Eventually.await(
          "service",
          Duration.ofSeconds(10),
          () -> one.tokenize(Cards.number(28)).join().succeeded());
      load.stop();
    }
    stage.check(history).verify();
  }
}
