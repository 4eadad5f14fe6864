package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Tokenized;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pay connector answers, in the vendors' own words: an id, or an error, and the other of
 * them null.
 *
 * @param id {@code token_id}, or {@code charge_id} where a charge was asked for; there even when it
 *     is null
 * @param errorCode what went wrong
 * @param errorMessage the same for people
 * @param parameters what goes back to the call flow
 */
@RegisterForReflection
record PayAnswer(
    @JsonAnyGetter Map<String, @Nullable String> id,
    @JsonProperty("error_code") @Nullable String errorCode,
    @JsonProperty("error_message") @Nullable String errorMessage,
    Map<String, String> parameters) {

  private static final String TOKEN_ID = "token_id";
  private static final String CHARGE_ID = "charge_id";

  static PayAnswer of(Tokenized made) {
    var card = made.token().card();
    return new PayAnswer(
        Map.of(TOKEN_ID, made.token().token()),
        null,
        null,
        Map.of("brand", card.brand().code(), "last4", card.lastFour()));
  }

  static PayAnswer refused(ProblemException problem) {
    return refused(problem, TOKEN_ID);
  }

  static PayAnswer refusedCharge(ProblemException problem) {
    return refused(problem, CHARGE_ID);
  }

  private static PayAnswer refused(ProblemException problem, String id) {
    return new PayAnswer(
        Collections.singletonMap(id, null),
        PlatformRefusal.codeOf(problem),
        problem.detail(),
        Map.of());
  }

  /** A token's text would end up in logs with this record; it is left out. */
  @Override
  public String toString() {
    return "PayAnswer[redacted]";
  }
}
