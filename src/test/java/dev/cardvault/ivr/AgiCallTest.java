package dev.cardvault.ivr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.capture.Capture;
import dev.cardvault.capture.CaptureClock;
import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.CaptureState;
import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.Command;
import dev.cardvault.capture.Field;
import dev.cardvault.testing.AgiPeer;
import dev.cardvault.testing.Eventually;
import dev.cardvault.vault.TokenView;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dialog of a call, with a keypad behind it and no vault. */
final class AgiCallTest {

  private static final String CARD = "4111111111111111#1230#";
  private static final Duration SOON = Duration.ofSeconds(10);

  @SuppressWarnings("NullAway.Init")
  private static Vertx vertx;

  @SuppressWarnings("NullAway.Init")
  private NetServer server;

  private final KeypadLine line = new KeypadLine();

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void listen() {
    server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  AtomicReference<@Nullable AgiConnection> connection = new AtomicReference<>();
                  connection.set(
                      new AgiConnection(
                          socket,
                          vertx,
                          header ->
                              new AgiCall(
                                      java.util.Objects.requireNonNull(connection.get()),
                                      line,
                                      vertx)
                                  .run(),
                          line::hangUp));
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }

  private AgiPeer dial() {
    return new AgiPeer(server.actualPort()).header("1", "x");
  }

  @Test
  void takesACardKeyByKey() {
    try (AgiPeer asterisk = dial()) {
      assertEquals(Map.of("VAULT_STATUS", "completed"), asterisk.press(CARD));
      assertEquals(List.of("16", "4"), line.counts());
    }
  }

  @Test
  void anEndKeyThatComesLateIsNoEmptyField() {
    try (AgiPeer asterisk = dial()) {
      // An Amex number has one length, so it is taken before its end key.
      assertEquals(Map.of("VAULT_STATUS", "completed"), asterisk.press("378282246310005#1230#"));
      assertEquals(0, line.view().fields().get(1).attempts());
    }
  }

  @Test
  void playsEachPromptOnceAndAgainAfterAMistake() {
    line.prompts = Map.of("pan", "number", "expiry", "expiry", "invalid", "again");
    try (AgiPeer asterisk = dial()) {
      asterisk.press("4111111111111112#" + CARD);
      assertEquals(List.of("number", "again", "number", "expiry"), asterisk.played());
    }
  }

  @Test
  void aKeyThatInterruptsAPromptCounts() {
    line.prompts = Map.of("pan", "number");
    try (AgiPeer asterisk = dial()) {
      assertEquals("STREAM FILE number \"0123456789*#ABCD\"", asterisk.hear());
      asterisk.say("200 result=52 endpos=800\n");
      assertEquals(Map.of("VAULT_STATUS", "completed"), asterisk.press(CARD.substring(1)));
    }
  }

  @Test
  void startsTheClockOnceThePromptIsOver() {
    line.prompts = Map.of("pan", "number");
    try (AgiPeer asterisk = dial()) {
      asterisk.hear();
      assertEquals(CaptureState.CREATED, line.view().state());
      asterisk.say("200 result=0 endpos=800\n");
      assertEquals("WAIT FOR DIGIT 1000", asterisk.hear());
      assertEquals(CaptureState.COLLECTING, line.view().state());
    }
  }

  @Test
  void anAgentsWishIsHeardWithinASecond() {
    line.prompts = Map.of("pan", "number", "expiry", "expiry");
    try (AgiPeer asterisk = dial().pressAndStop("4111111111111111#")) {
      line.command(Command.RESET, Field.PAN);
      asterisk.say("200 result=0\n");
      assertEquals("STREAM FILE number \"0123456789*#ABCD\"", asterisk.hear());
    }
  }

  @Test
  void whateverEndsTheCallAbandonsTheCapture() {
    try (AgiPeer asterisk = dial().pressAndStop("4111")) {
      asterisk.say("HANGUP\n");
      assertNull(asterisk.hear());
    }
    Eventually.await("abandoned", SOON, () -> line.view().state() == CaptureState.ABANDONED);
  }

  @Test
  void aSilentAsteriskIsGivenUp() {
    try (AgiPeer asterisk = dial()) {
      assertTrue(String.valueOf(asterisk.hear()).startsWith("WAIT FOR DIGIT"));
      assertNull(asterisk.hear());
    }
    Eventually.await("abandoned", SOON, () -> line.view().state().isEnd());
  }

  /** A keypad that hands its card to nobody. */
  private static final class KeypadLine implements Line {

    private final Capture capture =
        new Capture(List.of(Field.PAN, Field.EXPIRY), CaptureRules.DEFAULT, null, new RealClock());
    private Map<String, String> prompts = Map.of();

    @Override
    public synchronized CaptureView view() {
      capture.tick();
      if (capture.state() == CaptureState.TOKENIZING) {
        capture.completed();
      }
      return capture.view();
    }

    @Override
    public synchronized void press(byte key) {
      capture.keys(new byte[] {key});
    }

    @Override
    public synchronized void prompted(Field field) {
      capture.command(Command.ASK, field);
    }

    synchronized void command(Command command, Field field) {
      capture.command(command, field);
    }

    @Override
    public synchronized void hangUp() {
      capture.hangUp();
    }

    @Override
    public @Nullable TokenView token() {
      return null;
    }

    @Override
    public Map<String, String> prompts() {
      return prompts;
    }

    synchronized List<String> counts() {
      return capture.view().fields().stream().map(f -> Integer.toString(f.count())).toList();
    }
  }

  private static final class RealClock implements CaptureClock {
    @Override
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public YearMonth month() {
      return YearMonth.of(2026, 11);
    }
  }
}
