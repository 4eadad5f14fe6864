package dev.cardvault.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.card.Pan;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class Ff1TokensTest {

  private static final UUID TENANT = new UUID(1, 2);
  private static final UUID PROFILE = new UUID(3, 4);
  private static final String VISA = "4242424242424242";

  private final Ff1Tokens tokens = new Ff1Tokens(cipher(1, 7), TENANT, PROFILE);

  @Test
  @RevealsPan("compares what came back")
  void givesThePanBackAtEveryLength() {
    SplittableRandom numbers = new SplittableRandom(1);
    for (int length = Pan.MIN_LENGTH; length <= Pan.MAX_LENGTH; length++) {
      for (int i = 0; i < 50; i++) {
        String number = Cards.number(length, numbers);
        try (Pan pan = Cards.pan(number);
            Pan back = tokens.panOf(tokens.tokenOf(pan))) {
          assertEquals(number, new String(back.reveal(), StandardCharsets.US_ASCII));
        }
      }
    }
  }

  @Test
  void beginsWithZeroAndKeepsTheLastFourAndTheLength() {
    assertTrue(tokenOf(tokens, VISA).text().matches("0[0-9]{11}4242"));
  }

  @Test
  void isAlwaysTheSameForOnePan() {
    assertEquals(tokenOf(tokens, VISA), tokenOf(tokens, VISA));
  }

  @Test
  void changesWithWhateverItIsBoundTo() {
    Set<Token> all = new HashSet<>();
    all.add(tokenOf(tokens, VISA));
    all.add(tokenOf(new Ff1Tokens(cipher(2, 7), TENANT, PROFILE), VISA));
    all.add(tokenOf(new Ff1Tokens(cipher(1, 8), TENANT, PROFILE), VISA));
    all.add(tokenOf(new Ff1Tokens(cipher(1, 7), new UUID(1, 3), PROFILE), VISA));
    all.add(tokenOf(new Ff1Tokens(cipher(1, 7), new UUID(2, 2), PROFILE), VISA));
    all.add(tokenOf(new Ff1Tokens(cipher(1, 7), TENANT, new UUID(3, 5)), VISA));
    all.add(tokenOf(new Ff1Tokens(cipher(1, 7), TENANT, new UUID(4, 4)), VISA));
    assertEquals(7, all.size());
  }

  @Test
  void bindsTheCipherToTheLastFourAndTheLength() {
    List<byte[]> tweaks = new ArrayList<>();
    Ff1Cipher.Direction spy =
        (tweak, digits) -> {
          tweaks.add(tweak);
          return digits.clone();
        };
    Ff1Tokens spied = new Ff1Tokens(new Ff1Cipher(9, spy, spy), TENANT, PROFILE);
    tokenOf(spied, VISA);
    assertArrayEquals(
        ("cardvault/token/ff1/1"
                + "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2"
                + "\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\4"
                + "\0\0\0\11\20"
                + "4242")
            .getBytes(StandardCharsets.US_ASCII),
        tweaks.get(0));
    tokenOf(spied, "6205500000000000004");
    byte[] longer = tweaks.get(1);
    assertEquals(19, longer[longer.length - 5]);
    assertEquals('0', longer[longer.length - 4]);
  }

  @Test
  void encryptsAllButTheLastFourAndTheDigitThatLuhnImplies() {
    List<byte[]> plain = new ArrayList<>();
    Ff1Cipher.Direction same =
        (tweak, digits) -> {
          plain.add(digits.clone());
          return digits;
        };
    Ff1Tokens clear = new Ff1Tokens(new Ff1Cipher(1, same, same), TENANT, PROFILE);
    assertEquals("0541333008909999", tokenOf(clear, "5413330089099999").text());
    assertArrayEquals(new byte[] {5, 4, 1, 3, 3, 3, 0, 0, 8, 9, 0}, plain.get(0));
  }

  @Test
  void wipesTheDigitsItEncrypted() {
    List<byte[]> kept = new ArrayList<>();
    Ff1Cipher.Direction keeper =
        (tweak, digits) -> {
          kept.add(digits);
          return digits.clone();
        };
    tokenOf(new Ff1Tokens(new Ff1Cipher(1, keeper, keeper), TENANT, PROFILE), VISA);
    assertArrayEquals(new byte[11], kept.get(0));
  }

  @Test
  void wipesTheDigitsItDecrypted() {
    byte[] decrypted = {4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4};
    Ff1Cipher.Direction fixed = (tweak, digits) -> decrypted;
    new Ff1Tokens(new Ff1Cipher(1, fixed, fixed), TENANT, PROFILE)
        .panOf(new Token("0000000000004242"))
        .close();
    assertArrayEquals(new byte[11], decrypted);
  }

  @Test
  void hasNoPanForAMadeUpToken() {
    // Decrypts to digits that begin with 0, which is no card.
    Ff1Cipher.Direction zeros = (tweak, digits) -> new byte[digits.length];
    Ff1Tokens nothing = new Ff1Tokens(new Ff1Cipher(1, zeros, zeros), TENANT, PROFILE);
    var refusal =
        assertThrows(ProblemException.class, () -> nothing.panOf(new Token("0123456789124242")));
    assertEquals(ProblemCode.TOKEN_NOT_FOUND, refusal.code());
  }

  @Test
  void hasNoPanForATokenOfAnotherFormat() {
    Token opaque = new Token("tok_" + "0".repeat(26));
    var refusal = assertThrows(ProblemException.class, () -> tokens.panOf(opaque));
    assertEquals(ProblemCode.TOKEN_NOT_FOUND, refusal.code());
  }

  private static Token tokenOf(Ff1Tokens tokens, String number) {
    try (Pan pan = Cards.pan(number)) {
      return tokens.tokenOf(pan);
    }
  }

  private static Ff1Cipher cipher(int version, int key) {
    return new Ff1Cipher(
        version,
        (tweak, digits) -> ff1(true, key, tweak, digits),
        (tweak, digits) -> ff1(false, key, tweak, digits));
  }

  private static byte[] ff1(boolean encrypt, int key, byte[] tweak, byte[] digits) {
    FPEFF1Engine engine = new FPEFF1Engine();
    byte[] bits = new byte[32];
    bits[0] = (byte) key;
    engine.init(encrypt, new FPEParameters(new KeyParameter(bits), 10, tweak));
    byte[] out = new byte[digits.length];
    engine.processBlock(digits, 0, digits.length, out, 0);
    return out;
  }
}
