package dev.cardvault.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Card numbers that payment providers publish for tests. */
final class TestPans {

  private TestPans() {}

  /**
   * A published number.
   *
   * @param brand code of its network
   */
  record Published(String brand, int length, String digits) {

    byte[] bytes() {
      return digits.getBytes(StandardCharsets.US_ASCII);
    }
  }

  static List<Published> all() {
    try (InputStream in =
        Objects.requireNonNull(TestPans.class.getResourceAsStream("test-pans.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("brand\t"))
          .map(line -> line.split("\t"))
          .map(row -> new Published(row[0], Integer.parseInt(row[1]), row[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
