package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.vault.Revealed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A card, seen as far as was asked. The number in here is stars: {@link SecretAnswer} puts the
 * digits in where it is written.
 *
 * @param token the token's text
 * @param card what is shown of the card
 * @param auditEventId the event in the audit log that tells of this
 * @param usesLeft how often the number may be revealed still; {@code null} for no limit
 */
@RegisterForReflection(targets = {RevealAnswer.class, RevealAnswer.RevealedCard.class})
record RevealAnswer(
    String token, RevealedCard card, String auditEventId, @Nullable Integer usesLeft) {

  /**
   * What is shown of a card; the rest is absent.
   *
   * @param number all digits
   * @param brand the network
   * @param bin the first six digits
   * @param last4 the last four digits
   * @param masked the number with all but the last four as dots
   * @param length how many digits the number has
   * @param expMonth the month it is good through
   * @param expYear that month's year
   * @param holderName the name on it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"number"})
  record RevealedCard(
      @Nullable String number,
      @Nullable String brand,
      @Nullable String bin,
      @JsonProperty("last4") @Nullable String last4,
      @Nullable String masked,
      @Nullable Integer length,
      @Nullable Integer expMonth,
      @Nullable Integer expYear,
      @Nullable String holderName) {

    /** Never prints what it holds. */
    @Override
    public String toString() {
      return "RevealedCard[redacted]";
    }
  }

  private static final int BIN = 6;

  static RevealAnswer of(Revealed revealed) {
    return new RevealAnswer(
        revealed.token(), card(revealed), "evt_" + revealed.auditEventId(), revealed.usesLeft());
  }

  private static RevealedCard card(Revealed revealed) {
    RevealLevel level = revealed.level();
    boolean digits = level != RevealLevel.EXPIRY;
    var card = revealed.card();
    var pan = revealed.pan();
    var expiry = revealed.expiry();
    var holder = revealed.holder();
    return new RevealedCard(
        level == RevealLevel.FULL ? SecretAnswer.STAR.repeat(card.length()) : null,
        digits ? card.brand().code() : null,
        level == RevealLevel.BIN_LAST4 && pan != null ? pan.bin(BIN) : null,
        digits ? card.lastFour() : null,
        level == RevealLevel.FULL || level == RevealLevel.MASKED ? card.text() : null,
        digits ? card.length() : null,
        expiry == null ? null : expiry.month(),
        expiry == null ? null : expiry.year(),
        level == RevealLevel.FULL && holder != null ? holder.reveal() : null);
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "RevealAnswer[redacted]";
  }
}
