package dev.cardvault.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The numbers that card networks and payment providers publish for tests; nobody's card has one.
 * They are kept as their SHA-256, so that none of them stands in this program or its memory:
 * whoever looks for card numbers there must find nothing.
 */
public final class PublishedTestCards {

  private static final String FILE = "test-pan-hashes.txt";
  private static final Set<String> HASHES = read();

  private PublishedTestCards() {}

  /** Whether {@code digits} are one of them. */
  public static boolean contains(byte[] digits) {
    return contains(digits, digits.length);
  }

  /** Whether {@code digits[0, count)} are one of them. */
  public static boolean contains(byte[] digits, int count) {
    MessageDigest hash = sha256();
    hash.update(digits, 0, count);
    return HASHES.contains(HexFormat.of().formatHex(hash.digest()));
  }

  private static Set<String> read() {
    try (InputStream in =
        Objects.requireNonNull(PublishedTestCards.class.getResourceAsStream(FILE), FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
