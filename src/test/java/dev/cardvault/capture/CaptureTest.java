package dev.cardvault.capture;

import static dev.cardvault.capture.Field.EXPIRY;
import static dev.cardvault.capture.Field.PAN;
import static dev.cardvault.capture.Field.POSTAL_CODE;
import static dev.cardvault.capture.Field.SECURITY_CODE;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.capture.CaptureEvent.Type;
import dev.cardvault.capture.CaptureView.Progress;
import dev.cardvault.card.CardBrand;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureTest {

  private static final String AMEX = "378282246310005";
  private static final String VISA = "4111111111111111";
  private static final String MASTERCARD = "5555555555554444";

  private static CaptureRules rules(boolean readBack, boolean linkRequired) {
    return new CaptureRules(
        KeyMap.DEFAULT, Limits.DEFAULT, FieldRules.ALL_BRANDS, readBack, linkRequired);
  }

  private static LinkCode linkCode() {
    return new LinkCode(Keypad.ascii("271828"), new byte[16]);
  }

  @Test
  void collectsACard() {
    Keypad pad = new Keypad(PAN, EXPIRY, SECURITY_CODE).key(VISA + "#").key("1230").key("123");

    assertEquals(CaptureState.TOKENIZING, pad.state());
    try (CollectedCard card = pad.capture().card()) {
      assertEquals(CardBrand.VISA, card.pan().brand());
      assertEquals("1111", card.pan().masked().lastFour());
      assertEquals(new CardExpiry(12, 2030), card.expiry());
      assertEquals(3, requireNonNull(card.securityCode()).length());
      assertNull(card.postalCode());
    }
    pad.capture().completed();
    assertEquals(CaptureState.COMPLETED, pad.state());
    assertEquals("1111", pad.view().lastFour());
    assertEquals(CardBrand.VISA, pad.view().brand());
  }

  @Test
  void passesThroughItsStates() {
    Keypad pad = new Keypad(rules(true, false), PAN, EXPIRY);
    assertEquals(CaptureState.CREATED, pad.state());
    pad.key("4");
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.key("111#");
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    pad.key(VISA + "#");
    assertEquals(CaptureState.FIELD_OK, pad.state());
    assertEquals(EXPIRY, pad.view().field());
    pad.key("1230");
    assertEquals(CaptureState.CONFIRMING, pad.state());
    pad.key("#").pass(3000).key("#");
    assertEquals(CaptureState.TOKENIZING, pad.state());
    assertEquals(1, pad.count(Type.LINKED));
  }

  @Test
  void forgetsWhatIsClearedWithAKey() {
    Keypad pad = new Keypad(PAN).key("4111*4242424242424242#");
    try (CollectedCard card = pad.capture().card()) {
      assertEquals("4242", card.pan().masked().lastFour());
    }
    assertEquals(0, pad.entered(PAN).attempts());
  }

  @Test
  void failsAtTheThirdBadNumber() {
    Keypad pad = new Keypad(PAN).key("4111111111111112#").key("4111#");
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    pad.key("4111111111111113#");
    assertEquals(CaptureState.FAILED, pad.state());
    assertEquals(Reason.ATTEMPTS_USED_UP, pad.view().reason());
    assertThrows(IllegalStateException.class, pad.capture()::card);
  }

  @Test
  void takesAmexAtItsLastDigitAndAFourDigitCode() {
    Keypad pad = new Keypad(PAN, SECURITY_CODE).key(AMEX);
    assertEquals(CaptureState.FIELD_OK, pad.state());
    pad.key("123");
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.key("#");
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    assertEquals(Reason.LENGTH_INVALID, pad.view().reason());
    pad.key("1234");
    assertEquals(CaptureState.TOKENIZING, pad.state());
  }

  @Test
  void expectsACodeAsLongAsTheBrandsAre() {
    Keypad pad = new Keypad(PAN, SECURITY_CODE);
    assertEquals(4, pad.entered(SECURITY_CODE).wanted());
    assertEquals(3, pad.key(VISA + "#").entered(SECURITY_CODE).wanted());
  }

  @Test
  void takesASixteenDigitVisaAfterTwoSecondsAndNotBefore() {
    Keypad pad = new Keypad(PAN, EXPIRY).key(VISA).after(1999);
    assertEquals(CaptureState.COLLECTING, pad.state());
    assertEquals(Duration.ofMillis(1), pad.capture().untilNextTick());
    pad.after(1);
    assertEquals(CaptureState.FIELD_OK, pad.state());
  }

  @Test
  void takesWhatWasOverdueBeforeTheNextKey() {
    Keypad pad = new Keypad(PAN, EXPIRY).key(VISA).pass(2500).key("1");
    assertTrue(pad.entered(PAN).progress() == Progress.ACCEPTED);
    assertEquals(1, pad.entered(EXPIRY).count());
  }

  @Test
  void waitsForANineteenDigitVisa() {
    Keypad pad = new Keypad(PAN).key("4111").after(1900).key("111111111111").after(1900).key("1");
    assertEquals(17, pad.entered(PAN).count());
    assertEquals(18, pad.entered(PAN).wanted());
    pad.after(4999);
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.after(1);
    assertEquals(Reason.LENGTH_INVALID, pad.view().reason());
  }

  @ParameterizedTest
  @CsvSource({
    "222100, MASTERCARD",
    "272099, MASTERCARD",
    "222099, UNKNOWN",
    "272100, UNKNOWN",
    "34, AMEX",
    "41, VISA"
  })
  void tellsTheBrandByItsRule(String digits, CardBrand brand) {
    assertEquals(brand, new Keypad(PAN).key(digits).view().brand());
  }

  @ParameterizedTest
  @CsvSource({"4", "40117", "62", "2", "222", "6373742"})
  void decidesNothingEarly(String digits) {
    assertNull(new Keypad(PAN).key(digits).view().brand());
  }

  @Test
  void tellsABrandThatIsNotTakenAtTheDecidingDigit() {
    Keypad pad = new Keypad(Keypad.taking(Keypad.brands(CardBrand.VISA)), PAN, EXPIRY).key("222");
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.key("1");
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    assertEquals(Reason.BRAND_NOT_ACCEPTED, pad.view().reason());
    assertEquals(CardBrand.MASTERCARD, pad.last(Type.BRAND).view().brand());
    pad.key("000010000000#");
    assertEquals(1, pad.entered(PAN).attempts());
    assertEquals(CaptureState.FIELD_OK, pad.key(VISA + "#").state());
  }

  @Test
  void takesANewNumberAfterAPauseInWhatIsLeftOfARefusedOne() {
    Keypad pad =
        new Keypad(Keypad.taking(Keypad.brands(CardBrand.VISA)), PAN, EXPIRY)
            .key("2221000")
            .after(2000)
            .key(VISA + "#");
    assertEquals(CaptureState.FIELD_OK, pad.state());
  }

  @ParameterizedTest
  @CsvSource({
    "1323, EXPIRY_INVALID",
    "0030, EXPIRY_INVALID",
    "1026, CARD_EXPIRED",
    "1225, CARD_EXPIRED",
    "1246, EXPIRY_INVALID",
  })
  void refusesAnExpiry(String keys, Reason reason) {
    Keypad pad = new Keypad(EXPIRY, PAN).key(keys);
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    assertEquals(reason, pad.view().reason());
  }

  @ParameterizedTest
  @CsvSource({"1126", "1226", "1146"})
  void takesAnExpiryFromThisMonthToTwentyYearsOn(String keys) {
    assertEquals(CaptureState.FIELD_OK, new Keypad(EXPIRY, PAN).key(keys).state());
  }

  @Test
  void passesOverAnEndKeyThatComesLate() {
    Keypad pad = new Keypad(PAN, EXPIRY, SECURITY_CODE).key(MASTERCARD).key("#").key("1330#");
    assertEquals(1, pad.entered(EXPIRY).attempts());
    pad.key("1230#").key("123");
    assertEquals(CaptureState.TOKENIZING, pad.state());
    assertEquals(1, pad.entered(EXPIRY).attempts());
  }

  @Test
  void passesOverAnEndKeyAfterAPauseEndedTheField() {
    Keypad pad = new Keypad(PAN, EXPIRY).key(VISA).after(2500).key("#").key("1230");
    assertEquals(CaptureState.TOKENIZING, pad.state());
  }

  @Test
  void takesALateEndKeyForNoYes() {
    Keypad pad = new Keypad(rules(true, false), PAN).key(MASTERCARD + "#");
    assertEquals(CaptureState.CONFIRMING, pad.state());
    assertEquals(CaptureState.TOKENIZING, pad.key("#").state());
  }

  @Test
  void beginsAnewWhenTheReadBackIsDenied() {
    Keypad pad = new Keypad(rules(true, false), PAN, EXPIRY).key(MASTERCARD).key("1230").pass(3000);
    pad.key("*");
    assertEquals(CaptureState.COLLECTING, pad.state());
    assertEquals(PAN, pad.view().field());
    assertNull(pad.view().lastFour());
    assertEquals(Progress.PENDING, pad.entered(EXPIRY).progress());
  }

  @Test
  void givesUpWhenNothingIsKeyed() {
    Keypad pad = new Keypad(PAN).command(Command.ASK);
    pad.after(9999);
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.after(1);
    assertEquals(Reason.NO_INPUT, pad.view().reason());
    pad.after(10_000).after(10_000);
    assertEquals(CaptureState.FAILED, pad.state());
  }

  @Test
  void waitsForItsFirstKeyAsLongAsItLives() {
    Keypad pad = new Keypad(PAN).after(599_999);
    assertEquals(CaptureState.CREATED, pad.state());
    assertEquals(CaptureState.EXPIRED, pad.after(1).state());
  }

  @Test
  void expiresInMidEntry() {
    Keypad pad = new Keypad(PAN);
    for (int i = 0; i < 149; i++) {
      pad.after(4000).key("*4");
    }
    assertEquals(CaptureState.COLLECTING, pad.after(3999).state());
    assertEquals(CaptureState.EXPIRED, pad.after(1).state());
    assertEquals(Reason.TIMED_OUT, pad.view().reason());
    assertEquals(Duration.ZERO, pad.view().timeLeft());
  }

  @Test
  void startsTheClockAgainWhenAsked() {
    Keypad pad = new Keypad(PAN).command(Command.ASK).after(9000).command(Command.ASK).after(9000);
    assertEquals(0, pad.entered(PAN).attempts());
  }

  @Test
  void keepsWhatWasKeyedAheadOfThePrompt() {
    Keypad pad = new Keypad(PAN).key("4111").command(Command.ASK).key("111111111111#");
    assertEquals(CaptureState.TOKENIZING, pad.state());
  }

  @Test
  void warnsOfAWrongCheckDigitAtTheUsualLength() {
    Keypad pad = new Keypad(PAN).key("411111111111111");
    assertEquals(0, pad.count(Type.WARNING));
    pad.key("2");
    assertEquals(Reason.LUHN_FAILED, pad.last(Type.WARNING).reason());
    assertEquals(Reason.LUHN_FAILED, pad.entered(PAN).warning());
    pad.after(2000);
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.after(3000);
    assertEquals(Reason.LUHN_FAILED, pad.view().reason());
    assertNull(pad.entered(PAN).warning());
  }

  @Test
  void onlyWarnsWhereABrandIsExcusedFromLuhn() {
    FieldRules lenient =
        new FieldRules(Set.of(), LuhnPolicy.warningOnlyFor(Set.of(CardBrand.UNIONPAY)));
    Keypad pad = new Keypad(Keypad.taking(lenient), PAN).key("6200000000000006#");
    assertEquals(CaptureState.TOKENIZING, pad.state());
    assertEquals(1, pad.count(Type.WARNING));
    try (CollectedCard card = pad.capture().card()) {
      assertFalse(card.pan().passesLuhn());
    }
    assertEquals(
        CaptureState.FIELD_INVALID,
        new Keypad(Keypad.taking(lenient), PAN).key("4111111111111112#").state());
  }

  @ParameterizedTest
  @CsvSource({"411111111111111111111111#", "411111111111111111#", "0#", "41#", "41#*4#"})
  void refusesANumber(String keys) {
    Keypad pad = new Keypad(PAN, EXPIRY).key(keys);
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    assertTrue(pad.entered(PAN).attempts() >= 1);
    assertEquals(0, pad.entered(PAN).count());
  }

  @Test
  void looksAgainAtACodeKeyedBeforeTheCard() {
    Keypad pad = new Keypad(SECURITY_CODE, PAN, EXPIRY).key("123").after(2000).key(AMEX);
    assertEquals(CaptureState.FIELD_INVALID, pad.state());
    assertEquals(SECURITY_CODE, pad.view().field());
    assertEquals(Reason.CODE_LENGTH_INVALID, pad.view().reason());
    assertEquals(0, pad.entered(SECURITY_CODE).attempts());
    pad.key("1234").key("1230");
    assertEquals(CaptureState.TOKENIZING, pad.state());
  }

  @Test
  void takesAFourDigitCodeAtOnceBeforeTheCard() {
    Keypad pad = new Keypad(SECURITY_CODE, PAN).key("123");
    assertEquals(CaptureState.COLLECTING, pad.state());
    assertEquals(CaptureState.FIELD_OK, pad.key("4").state());
  }

  @Test
  void endsAPostalCodeByKeyLengthOrALongPause() {
    assertEquals(CaptureState.FIELD_OK, new Keypad(POSTAL_CODE, PAN).key("90210#").state());
    assertEquals(CaptureState.FIELD_OK, new Keypad(POSTAL_CODE, PAN).key("1234567890").state());
    Keypad slow = new Keypad(POSTAL_CODE, PAN).key("90").after(4999).key("210");
    assertEquals(CaptureState.COLLECTING, slow.state());
    assertEquals(CaptureState.FIELD_OK, slow.after(5000).state());
    slow.key(VISA + "#");
    try (CollectedCard card = slow.capture().card()) {
      assertEquals("90210", card.postalCode());
    }
  }

  @Test
  void startsAFieldOverWhileItIsKeyed() {
    Keypad pad = new Keypad(PAN, EXPIRY).key("411111").command(Command.RESET).key(MASTERCARD);
    assertEquals("4444", pad.view().lastFour());
    assertEquals(0, pad.entered(PAN).attempts());
  }

  @Test
  void asksForAnyFieldAgainInAnyOrder() {
    Keypad pad = new Keypad(PAN, EXPIRY, SECURITY_CODE).key(VISA + "#").key("1230");
    pad.command(Command.RESET, PAN);
    assertNull(pad.view().lastFour());
    assertNull(pad.view().brand());
    pad.key(AMEX);
    assertEquals(SECURITY_CODE, pad.view().field());
    pad.command(Command.BACK);
    assertEquals(EXPIRY, pad.view().field());
    pad.command(Command.ASK, SECURITY_CODE).key("1234").key("1130");
    try (CollectedCard card = pad.capture().card()) {
      assertEquals(new CardExpiry(11, 2030), card.expiry());
      assertEquals("0005", card.pan().masked().lastFour());
    }
  }

  @Test
  void leavesFieldsOutButNotTheNumber() {
    Keypad pad = new Keypad(PAN, EXPIRY, SECURITY_CODE).command(Command.SKIP, SECURITY_CODE);
    assertEquals(PAN, pad.view().field());
    assertEquals(
        ProblemCode.STATE_CONFLICT,
        assertThrows(ProblemException.class, () -> pad.command(Command.SKIP, PAN)).code());
    pad.key(VISA + "#").key("12").command(Command.SKIP);
    assertEquals(CaptureState.TOKENIZING, pad.state());
    try (CollectedCard card = pad.capture().card()) {
      assertNull(card.expiry());
      assertNull(card.securityCode());
    }
  }

  @Test
  void takesTheFieldAsItIsWhenToldTo() {
    Keypad pad = new Keypad(PAN).key(VISA).command(Command.COMPLETE);
    assertEquals(CaptureState.TOKENIZING, pad.state());
    Keypad empty = new Keypad(PAN);
    assertThrows(ProblemException.class, () -> empty.command(Command.COMPLETE));
  }

  @Test
  void canBeCalledOff() {
    Keypad pad = new Keypad(PAN).key("4111").command(Command.CANCEL);
    assertEquals(CaptureState.CANCELLED, pad.state());
    assertEquals(
        ProblemCode.CAPTURE_ENDED, assertThrows(ProblemException.class, () -> pad.key("1")).code());
  }

  @Test
  void isAbandonedByWhoHangsUp() {
    Keypad pad = new Keypad(PAN).key("4111");
    pad.capture().hangUp();
    assertEquals(CaptureState.ABANDONED, pad.state());
    assertEquals(List.of(), pad.capture().hangUp());
  }

  @Test
  void completesThoughTheCallerHangsUpMeanwhile() {
    Keypad pad = new Keypad(PAN).key(VISA + "#");
    pad.capture().hangUp();
    pad.capture().completed();
    assertEquals(CaptureState.COMPLETED, pad.state());
  }

  @Test
  void asksForARestartWhenItIsLost() {
    Keypad pad = new Keypad(PAN).key("4111");
    pad.capture().lose();
    assertEquals(CaptureState.LOST, pad.state());
    assertTrue(pad.view().restartRequired());
    pad.capture().completed();
    assertEquals(CaptureState.LOST, pad.state());
  }

  @Test
  void failsWhenTheVaultRefuses() {
    Keypad pad = new Keypad(PAN).key(VISA + "#");
    pad.capture().refused();
    assertEquals(CaptureState.FAILED, pad.state());
    assertEquals(Reason.TOKEN_REFUSED, pad.view().reason());
  }

  @Test
  void isLinkedByItsCode() {
    Keypad pad =
        new Keypad(rules(false, true), linkCode(), PAN, EXPIRY).key("111111").key("27*271828#");
    assertEquals(CaptureState.LINKED, pad.state());
    assertEquals(Reason.LINK_CODE_WRONG, pad.last(Type.WARNING).reason());
    pad.key(VISA + "#");
    assertEquals(CaptureState.FIELD_OK, pad.state());
  }

  @Test
  void failsWhenTheLinkCodeIsWrongFiveTimes() {
    Keypad pad = new Keypad(rules(false, true), linkCode(), PAN).key("111111".repeat(4));
    assertEquals(CaptureState.CREATED, pad.state());
    pad.key("111111");
    assertEquals(CaptureState.FAILED, pad.state());
  }

  @Test
  void expiresWithItsLinkCode() {
    Keypad pad = new Keypad(rules(false, true), linkCode(), PAN).after(119_999);
    assertEquals(CaptureState.CREATED, pad.state());
    assertEquals(CaptureState.EXPIRED, pad.after(1).state());
  }

  @Test
  void linksAScreenWhileItRuns() {
    Keypad pad = new Keypad(rules(false, false), linkCode(), PAN).key("4");
    assertFalse(Capture.isLinkedBy(pad.capture().link(Keypad.ascii("111111"))));
    assertTrue(Capture.isLinkedBy(pad.capture().link(Keypad.ascii("271828"))));
    assertEquals(CaptureState.COLLECTING, pad.state());
    pad.pass(120_000).command(Command.ASK);
    assertThrows(ProblemException.class, () -> pad.capture().link(Keypad.ascii("271828")));
  }

  @Test
  void understandsTheKeysOfItsProfile() {
    CaptureRules rules =
        new CaptureRules(
            new KeyMap('*', KeyMap.NONE), Limits.DEFAULT, FieldRules.ALL_BRANDS, false, false);
    Keypad pad = new Keypad(rules, PAN).key("4111#1111A1111").key("1111*");
    assertEquals(CaptureState.TOKENIZING, pad.state());
  }

  @Test
  void stillTellsAfterItsEndHowFarItCame() {
    Keypad pad = new Keypad(PAN).key(VISA).command(Command.CANCEL);
    assertEquals(16, pad.entered(PAN).count());
    assertEquals(CardBrand.VISA, pad.view().brand());
  }

  @Test
  void refusesAnEmptyField() {
    Keypad pad = new Keypad(PAN).command(Command.ASK).key("#");
    assertEquals(Reason.NO_INPUT, pad.view().reason());
    assertEquals(1, pad.entered(PAN).attempts());
  }

  @Test
  void wantsThePanAndEachFieldOnce() {
    assertThrows(IllegalArgumentException.class, () -> new Keypad(EXPIRY));
    assertThrows(IllegalArgumentException.class, () -> new Keypad(PAN, PAN));
    assertThrows(IllegalArgumentException.class, () -> new Keypad(rules(false, true), PAN));
  }
}
