package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.card.SecurityCode;
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
  private static final byte[] CODE = "\"security_code\":\"*".getBytes(StandardCharsets.US_ASCII);

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

  /**
   * Writes {@code answer}, with the digits of {@code code} in the place of its stars. The code is
   * the caller's to wipe.
   */
  static SecretAnswer of(Object answer, SecurityCode code) {
    try {
      SecretAnswer secret = new SecretAnswer(Json.MAPPER.writeValueAsBytes(answer));
      secret.putIn(code);
      return secret;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record can always be written", e);
    }
  }

  /** The answer of another node, which belongs to this object from here on. */
  static SecretAnswer passedOn(byte[] json) {
    return new SecretAnswer(json);
  }

  @RevealsPan("A security code is handed out once, and the audit log says so")
  private void putIn(SecurityCode code) {
    byte[] digits = code.reveal();
    System.arraycopy(digits, 0, json, next(CODE, 0), digits.length);
  }

  @RevealsPan("A caller who may see the card asked for it, and the audit log says so")
  private void putIn(List<Revealed> cards) {
    int at = 0;
    for (Revealed card : cards) {
      if (card.level() == RevealLevel.FULL && card.pan() != null) {
        byte[] digits = card.pan().reveal();
        at = next(NUMBER, at);
        System.arraycopy(digits, 0, json, at, digits.length);
      }
    }
  }

  /**
   * Where the next stars behind {@code name} begin. No text looks like this: its quotes are
   * escaped.
   */
  private int next(byte[] name, int from) {
    for (int i = from; i <= json.length - name.length; i++) {
      if (Arrays.equals(json, i, i + name.length, name, 0, name.length)) {
        return i + name.length - 1;
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
