package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Tokenized;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon Connect reads: a flat object of texts, which the flow finds under {@code $.External}.
 *
 * @param status {@code completed}, or the code of what went wrong
 * @param token the token
 * @param brand the card's brand
 * @param last4 the card's last four digits
 * @param message what went wrong, for people
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectAnswer(
    String status,
    @Nullable String token,
    @Nullable String brand,
    @Nullable String last4,
    @Nullable String message) {

  static ConnectAnswer of(Tokenized made) {
    var card = made.token().card();
    return new ConnectAnswer(
        "completed", made.token().token(), card.brand().code(), card.lastFour(), null);
  }

  static ConnectAnswer of(ProblemException problem) {
    return new ConnectAnswer(problem.code().code(), null, null, null, problem.detail());
  }

  /** A token's text would end up in logs with this record; it is left out. */
  @Override
  public String toString() {
    return "ConnectAnswer[redacted]";
  }
}
