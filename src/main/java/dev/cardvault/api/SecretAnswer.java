package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.vault.Revealed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of an answer that holds card numbers. They go from the vault into this one array and
 * from there to the network; nothing in between knows them as text.
 */
final class SecretAnswer implements AutoCloseable {

  /** What stands for each digit until the digits are put in. */
  static final String STAR = "*";

  private static final byte[] NUMBER = "\"number\":\"*".getBytes(StandardCharsets.US_ASCII);

  private final byte[] json;

  private SecretAnswer(byte[] json) {
    this.json = json;
  }

  /**
   * Writes {@code answer}, with the digits of those of {@code cards} that are shown in full in the
   * place of its stars. The cards are wiped on every path.
   */
  static SecretAnswer of(Object answer, List<Revealed> cards) {
    try {
      SecretAnswer secret = new SecretAnswer(Json.MAPPER.writeValueAsBytes(answer));
      secret.putIn(cards);
      return secret;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record can always be written", e);
    } finally {
      cards.forEach(Revealed::close);
    }
  }

  @RevealsPan("A caller who may see the card asked for it, and the audit log says so")
  private void putIn(List<Revealed> cards) {
    int at = 0;
    for (Revealed card : cards) {
      if (card.level() == RevealLevel.FULL && card.pan() != null) {
        byte[] digits = card.pan().reveal();
        at = nextNumber(at);
        System.arraycopy(digits, 0, json, at, digits.length);
      }
    }
  }

  /** Where the next number's stars begin. No text can look like this: its quotes are escaped. */
  private int nextNumber(int from) {
    for (int i = from; i <= json.length - NUMBER.length; i++) {
      if (Arrays.equals(json, i, i + NUMBER.length, NUMBER, 0, NUMBER.length)) {
        return i + NUMBER.length - 1;
      }
    }
    throw new IllegalStateException("There are fewer places than numbers");
  }

  byte[] bytes() {
    return json;
  }

  @Override
  public void close() {
    Arrays.fill(json, (byte) 0);
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "SecretAnswer[redacted]";
  }
}
