package dev.cardvault.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Ff1KeyTest {

  private static final byte[] KEY = new byte[32];

  @ParameterizedTest
  @MethodSource("decimalSamples")
  void agreesWithTheSamplesOfNist(Sample sample) {
    byte[] encrypted = Ff1Key.process(true, sample.key(), sample.tweak(), sample.plaintext());
    assertArrayEquals(sample.ciphertext(), encrypted);
    assertArrayEquals(
        sample.plaintext(), Ff1Key.process(false, sample.key(), sample.tweak(), encrypted));
  }

  @Property(tries = 300)
  void turnsBackWhatItMade(
      @ForAll @Size(min = 6, max = 19) List<@ByteRange(min = 0, max = 9) Byte> digits,
      @ForAll @Size(max = 40) byte[] tweak) {
    byte[] plain = new byte[digits.size()];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = digits.get(i);
    }
    byte[] before = plain.clone();
    byte[] encrypted = Ff1Key.process(true, KEY, tweak, plain);
    assertArrayEquals(before, plain);
    assertArrayEquals(plain, Ff1Key.process(false, KEY, tweak, encrypted));
  }

  @Test
  void refusesADomainBelowAMillion() {
    byte[] tooFew = new byte[5];
    assertThrows(
        IllegalArgumentException.class, () -> Ff1Key.process(true, KEY, new byte[0], tooFew));
  }

  @Test
  void refusesCharactersInPlaceOfValues() {
    byte[] ascii = "123456".getBytes(StandardCharsets.US_ASCII);
    assertThrows(
        IllegalArgumentException.class, () -> Ff1Key.process(true, KEY, new byte[0], ascii));
  }

  static List<Sample> decimalSamples() {
    try (InputStream in =
        Objects.requireNonNull(Ff1KeyTest.class.getResourceAsStream("ff1-samples.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("key\t"))
          .map(line -> line.split("\t", -1))
          .filter(row -> row[1].equals("10"))
          .map(
              row ->
                  new Sample(
                      HexFormat.of().parseHex(row[0]),
                      HexFormat.of().parseHex(row[2]),
                      values(row[3]),
                      values(row[4])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] values(String digits) {
    byte[] values = digits.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < values.length; i++) {
      values[i] -= '0';
    }
    return values;
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Sample(byte[] key, byte[] tweak, byte[] plaintext, byte[] ciphertext) {}
}
