package dev.cardvault.api;

import dev.cardvault.card.SecurityCode;
import dev.cardvault.vault.TokenizeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A card that a platform hands over.
 *
 * @param wish what the vault is asked for; it owns the PAN
 * @param code its security code, where the connector asks for one and the caller keyed one
 */
record CardHandover(TokenizeRequest wish, @Nullable SecurityCode code) {

  /**
   * {@code wish} with the security code that came along, if the connector keeps codes. Both are
   * wiped where that is impossible.
   */
  static CardHandover of(TokenizeRequest wish, @Nullable KeyedCode code, boolean keeps) {
    if (code == null) {
      return new CardHandover(wish, null);
    }
    boolean done = false;
    try (code) {
      CardHandover whole = new CardHandover(wish, keeps ? code.of(wish.pan().brand()) : null);
      done = true;
      return whole;
    } finally {
      if (!done) {
        wish.pan().close();
      }
    }
  }

  @Override
  public String toString() {
    return "CardHandover[redacted]";
  }
}
