package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One row among many makes its statement fail: by a trigger that fails marked rows. */
final class RowFaultsIT {

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.own().start();
    // A sequence counts on through rolled-back transactions, so it tells how often was tried.
    stage
        .database()
        .execute(
            """
            CREATE SEQUENCE fault_attempts;
            GRANT USAGE ON SEQUENCE fault_attempts TO PUBLIC;
            CREATE TABLE fault_limit (attempts bigint NOT NULL);
            GRANT SELECT ON fault_limit TO PUBLIC;
            INSERT INTO fault_limit VALUES (0);
            CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NEW.call_id LIKE 'fault-%'
                 AND nextval('fault_attempts') <= (SELECT attempts FROM fault_limit) THEN
                RAISE EXCEPTION 'made to fail' USING ERRCODE = substr(NEW.call_id, 7, 5);
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER fault BEFORE INSERT ON token FOR EACH ROW EXECUTE FUNCTION fault();
            """);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void forgetAttempts() {
    stage.database().execute("ALTER SEQUENCE fault_attempts RESTART");
  }

  @Test
  @FaultCase(13)
  @Promise("P7")
  void triesAgainAfterASerializationFailure() {
    fail(1);
    Answer answer = tokenize(13_001, "fault-40001").join();
    assertTrue(answer.succeeded(), answer.toString());
    assertEquals(2, attempts());
  }

  @Test
  @FaultCase(13)
  @Promise({"P6", "P7"})
  void givesUpADeadlockAfterFewTriesAndSparesTheOthersOfTheBatch() {
    fail(Long.MAX_VALUE);
    List<CompletableFuture<Answer>> good = good(13_100, 60);
    CompletableFuture<Answer> bad = tokenize(13_050, "fault-40P01");
    List<CompletableFuture<Answer>> more = good(13_200, 60);
    assertEquals(503, bad.join().status(), bad.join().toString());
    assertTrue(bad.join().json().path("retryable").asBoolean());
    allSucceed(good);
    allSucceed(more);
    assertTrue(attempts() <= 16, "tried " + attempts() + " times");
  }

  @Test
  @FaultCase(17)
  @Promise("P7")
  void failsAPoisonedRowAlone() {
    fail(Long.MAX_VALUE);
    List<CompletableFuture<Answer>> good = good(17_000, 100);
    List<CompletableFuture<Answer>> bad =
        IntStream.range(0, 3).mapToObj(i -> tokenize(17_500 + i, "fault-22001")).toList();
    List<CompletableFuture<Answer>> more = good(17_200, 100);
    allSucceed(good);
    allSucceed(more);
    for (CompletableFuture<Answer> each : bad) {
      assertTrue(each.join().status() >= 500, each.join().toString());
      assertTrue(!each.join().code().isEmpty(), each.join().toString());
    }
    assertEquals(
        "0",
        Sql.ask(stage.database(), "SELECT count(*) FROM token WHERE call_id LIKE 'fault-22%'"));
  }

  private static List<CompletableFuture<Answer>> good(long from, int count) {
    return IntStream.range(0, count).mapToObj(i -> tokenize(from + i, "good")).toList();
  }

  private static void allSucceed(List<CompletableFuture<Answer>> calls) {
    for (CompletableFuture<Answer> call : calls) {
      assertTrue(call.join().succeeded(), call.join().toString());
    }
  }

  private static CompletableFuture<Answer> tokenize(long card, String callId) {
    return stage
        .client()
        .post(
            "ivr",
            "/v1/tokens",
            """
            {"card":{"number":"%s"},"call":{"call_id":"%s","channel":"api"}}"""
                .formatted(Cards.number(card), callId));
  }

  private static void fail(long attempts) {
    stage.database().execute("UPDATE fault_limit SET attempts = " + attempts);
  }

  private static long attempts() {
    return Long.parseLong(Sql.ask(stage.database(), "SELECT last_value FROM fault_attempts"));
  }
}
