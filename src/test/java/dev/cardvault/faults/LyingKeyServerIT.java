package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.faults.LyingKeyServer.Lie;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Something between the service and its key server answers nonsense. */
final class LyingKeyServerIT {

  private static final Duration RECOVERY = Duration.ofSeconds(15);

  private static Stage stage;
  private static LyingKeyServer liar;

  @BeforeAll
  static void start() throws IOException {
    stage = Stage.own().start();
    liar = new LyingKeyServer(stage.world().keyServer());
  }

  @AfterAll
  static void stop() {
    liar.close();
    stage.close();
  }

  @Test
  @FaultCase(5)
  @Promise({"P2", "P7"})
  void opensNothingWithAKeyThatIsNotTheOne() {
    String number = Cards.number(5_001);
    String token = stage.client().tokenize(number).join().field("token");
    try (ServiceNode node = startBehindLiar()) {
      VaultClient client = stage.client().at(node::api);
      for (Lie lie : Lie.values()) {
        liar.lieAbout("/transit/decrypt/", lie);
        int before = liar.lies();
        Answer answer = client.detokenize(token, "lie-" + lie).join();
        assertTrue(liar.lies() > before, "it was not asked for " + lie);
        assertTrue(answer.status() >= 500, lie + ": " + answer);
        assertFalse(answer.code().equals("internal"), lie + ": " + answer);
        assertFalse(answer.text().contains(number));
        assertFalse(answer.text().contains("zebra"));
      }
      liar.beHonest();
      Eventually.await(
          "it opens again",
          RECOVERY,
          () -> client.detokenize(token, "honest").join().status() == 200);
    }
  }

  @Test
  @FaultCase(5)
  @Promise("P1")
  void sealsNothingUnderAKeyThatCannotBeHadAgain() {
    Map<String, String> acknowledged = new LinkedHashMap<>();
    List<Answer> refused = new ArrayList<>();
    int card = 5_100;
    for (Lie lie : Lie.values()) {
      try (ServiceNode node = startBehindLiar()) {
        liar.lieAbout("/transit/datakey/", lie);
        int before = liar.lies();
        String number = Cards.number(++card);
        Answer answer = stage.client().at(node::api).tokenize(number).join();
        assertTrue(liar.lies() > before, "it was not asked for " + lie);
        if (answer.succeeded()) {
          acknowledged.put(answer.field("token"), number);
        } else {
          refused.add(answer);
        }
        liar.beHonest();
      }
    }
    assertFalse(refused.isEmpty());
    refused.forEach(answer -> assertEquals(503, answer.status(), answer.toString()));
    acknowledged.forEach(
        (token, number) -> {
          Answer answer = stage.client().detokenize(token, "after-lies").join();
          assertEquals(
              number, answer.json().path("card").path("number").asText(), answer.toString());
        });
  }

  private static ServiceNode startBehindLiar() {
    return stage
        .launchNode(stage.world().keyServer().environment(liar.port()))
        .awaitListening()
        .awaitReady(Duration.ofSeconds(60));
  }
}
