package dev.cardvault.capture;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.Pan;
import dev.cardvault.card.SecurityCode;
import org.jspecify.annotations.Nullable;

/**
 * What a caller keyed, all of it accepted. It owns its secrets and wipes them when closed.
 *
 * @param pan the card's number
 * @param expiry until when the card is good, if that was asked for
 * @param securityCode its security code, if that was asked for
 * @param postalCode the holder's postal code, if that was asked for
 */
public record CollectedCard(
    Pan pan,
    @Nullable CardExpiry expiry,
    @Nullable SecurityCode securityCode,
    @Nullable String postalCode)
    implements AutoCloseable {

  @Override
  public void close() {
    pan.close();
    if (securityCode != null) {
      securityCode.close();
    }
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "CollectedCard[redacted]";
  }
}
