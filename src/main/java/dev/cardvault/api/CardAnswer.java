package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cardvault.vault.TokenView;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a card.
 *
 * @param brand the network
 * @param bin the first digits, where the profile keeps them
 * @param last4 the last four digits
 * @param masked the number with all but those as dots
 * @param length how many digits the number has
 * @param expMonth the month it is good through
 * @param expYear that month's year
 */
record CardAnswer(
    String brand,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String bin,
    @JsonProperty("last4") String last4,
    String masked,
    int length,
    @Nullable Integer expMonth,
    @Nullable Integer expYear) {

  static CardAnswer of(TokenView token) {
    return new CardAnswer(
        token.card().brand().code(),
        token.bin(),
        token.card().lastFour(),
        token.card().text(),
        token.card().length(),
        token.expiry() == null ? null : token.expiry().month(),
        token.expiry() == null ? null : token.expiry().year());
  }
}
