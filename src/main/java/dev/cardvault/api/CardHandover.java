package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.Pan;
import dev.cardvault.card.SecurityCode;
import dev.cardvault.connectors.ConnectorDraft;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.TokenizeRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card that a platform hands over.
 *
 * @param wish what the vault is asked for; it owns the PAN
 * @param code its security code, where the connector asks for one and the caller keyed one
 */
record CardHandover(TokenizeRequest wish, @Nullable SecurityCode code) {

  /**
   * The card that was keyed on a call. What was keyed as its code is wiped.
   *
   * @throws ProblemException {@code invalid-field} when no such card has such a code; the PAN is
   *     wiped
   */
  static CardHandover of(
      ConnectorDraft connector,
      Pan pan,
      @Nullable CardExpiry expiry,
      @Nullable KeyedCode keyed,
      String callId) {
    boolean done = false;
    try (keyed) {
      SecurityCode code = keyed == null || !connector.keepsCode() ? null : keyed.of(pan.brand());
      CardHandover card =
          new CardHandover(
              new TokenizeRequest(
                  pan,
                  expiry,
                  null,
                  connector.profile(),
                  null,
                  null,
                  Map.of(),
                  CardIntake.call(callId)),
              code);
      done = true;
      return card;
    } finally {
      if (!done) {
        pan.close();
      }
    }
  }

  @Override
  public String toString() {
    return "CardHandover[redacted]";
  }
}
