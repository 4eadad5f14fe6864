package dev.cardvault.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.card.CardBrand;
import dev.cardvault.card.Luhn;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of a capture whatever is done to it, and in whatever order. */
class CapturePropertiesTest {

  /** Something done to a capture. */
  interface Step {
    void on(Keypad pad);
  }

  @Provide
  Arbitrary<List<Step>> lives() {
    Arbitrary<Step> keys =
        Arbitraries.of(
                "4111111111111111",
                "378282246310005",
                "5555555555554444",
                "4111",
                "6200000000000006",
                "1230",
                "1323",
                "123",
                "1234",
                "#",
                "*",
                "0",
                "9",
                "A")
            .map(text -> pad -> pad.key(text));
    Arbitrary<Step> times =
        Arbitraries.of(0L, 500L, 1999L, 2000L, 5000L, 10_000L, 60_000L)
            .map(span -> pad -> pad.after(span));
    Arbitrary<Step> commands =
        Arbitraries.of(Command.values())
            .filter(command -> command != Command.CANCEL)
            .flatMap(
                command ->
                    Arbitraries.of(Field.values())
                        .injectNull(0.5)
                        .map(field -> pad -> pad.command(command, field)));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, keys),
            net.jqwik.api.Tuple.of(2, times),
            net.jqwik.api.Tuple.of(2, commands))
        .list()
        .ofMaxSize(40);
  }

  private static Keypad live(List<Step> steps, boolean readBack) {
    CaptureRules rules =
        new CaptureRules(KeyMap.DEFAULT, Limits.DEFAULT, FieldRules.ALL_BRANDS, readBack, false);
    Keypad pad = new Keypad(rules, Field.PAN, Field.EXPIRY, Field.SECURITY_CODE, Field.POSTAL_CODE);
    for (Step step : steps) {
      try {
        step.on(pad);
      } catch (ProblemException refused) {
        assertTrue(
            refused.code() == ProblemCode.CAPTURE_ENDED
                || refused.code() == ProblemCode.STATE_CONFLICT);
      }
    }
    return pad;
  }

  @Property(tries = 500)
  void neverLeavesAnEnd(@ForAll("lives") List<Step> steps, @ForAll boolean readBack) {
    Keypad pad = live(steps, readBack);
    boolean ended = false;
    for (CaptureEvent event : pad.events()) {
      assertFalse(ended, "nothing happens after the end");
      ended = event.view().state().isEnd();
    }
  }

  @Property(tries = 500)
  void tokenizesOnlyWhatItsRulesAccept(
      @ForAll("lives") List<Step> steps, @ForAll boolean readBack) {
    Keypad pad = live(steps, readBack);
    if (pad.state() == CaptureState.TOKENIZING) {
      try (CollectedCard card = pad.capture().card()) {
        assertTrue(card.pan().passesLuhn());
        assertEquals(card.pan().masked().lastFour(), pad.view().lastFour());
        assertTrue(
            card.securityCode() == null
                || card.pan().brand().codeLengths().contains(card.securityCode().length()));
      }
    }
  }

  @Property(tries = 500)
  void showsNoDigitsButTheLastFourOfAnAcceptedNumber(@ForAll("lives") List<Step> steps) {
    for (CaptureEvent event : live(steps, false).events()) {
      String lastFour = event.view().lastFour();
      boolean accepted = event.view().fields().get(0).progress() == CaptureView.Progress.ACCEPTED;
      assertEquals(accepted, lastFour != null);
      assertTrue(lastFour == null || lastFour.length() == 4);
    }
  }

  @Property(tries = 500)
  void alwaysKnowsWhatToDoNext(@ForAll("lives") List<Step> steps) {
    Keypad pad = live(steps, true);
    int ticks = 0;
    while (!pad.state().isEnd() && pad.state() != CaptureState.TOKENIZING) {
      pad.after(pad.capture().untilNextTick().plusMillis(1));
      assertTrue(ticks++ < 50, "time alone ends every capture");
    }
  }

  @Property
  void putsKeysBackInOrder(@ForAll @IntRange(min = 1, max = 16) int batches, @ForAll long seed) {
    List<Integer> arrivals = new ArrayList<>();
    for (int i = 1; i <= batches; i++) {
      arrivals.add(i);
      arrivals.add(i);
    }
    Collections.shuffle(arrivals, new Random(seed));
    KeyOrder order = new KeyOrder();
    StringBuilder heard = new StringBuilder();
    StringBuilder said = new StringBuilder();
    for (int seq : arrivals) {
      for (byte[] ready : order.offer(seq, Keypad.ascii((char) ('a' + seq) + ""))) {
        heard.append(new String(ready, StandardCharsets.US_ASCII));
      }
    }
    for (int i = 1; i <= batches; i++) {
      said.append((char) ('a' + i));
    }
    assertEquals(said.toString(), heard.toString());
  }

  @Property(tries = 500)
  void decidesABrandThatMoreDigitsDoNotChange(
      @ForAll @Size(19) List<@IntRange(max = 9) Integer> digits) {
    byte[] bytes = new byte[19];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('0' + digits.get(i));
    }
    CardBrand decided = null;
    for (int count = 1; count <= bytes.length; count++) {
      CardBrand now = CardBrand.decidedBy(bytes, count).orElse(null);
      assertTrue(decided == null || decided == now);
      decided = now;
    }
    assertEquals(CardBrand.of(bytes, bytes.length), decided);
  }

  @Property
  void asksTheVaultForWhatWasKeyed(@ForAll @Size(15) List<@IntRange(max = 9) Integer> digits) {
    byte[] pan = new byte[16];
    pan[0] = '4';
    pan[1] = '1';
    for (int i = 2; i < 15; i++) {
      pan[i] = (byte) ('0' + digits.get(i));
    }
    pan[15] = Luhn.missingDigit(pan, 15);
    Keypad pad = new Keypad(Field.PAN).key(new String(pan, StandardCharsets.US_ASCII) + "#");
    try (CollectedCard card = pad.capture().card()) {
      assertArrayEquals(
          new String(pan, 12, 4, StandardCharsets.US_ASCII).getBytes(StandardCharsets.US_ASCII),
          card.pan().masked().lastFour().getBytes(StandardCharsets.US_ASCII));
    }
  }
}
