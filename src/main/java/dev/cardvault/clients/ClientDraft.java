package dev.cardvault.clients;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;

/**
 * What an administrator decides about a client.
 *
 * @param name 1 to 100 characters, none of them a control character
 * @param policy its rules, without scopes that exclude each other
 */
public record ClientDraft(String name, ClientPolicy policy) {

  private static final int LONGEST_NAME = 100;
  private static final int MOST_NETWORKS = 100;

  /**
   * Checks it.
   *
   * @throws ProblemException {@code invalid-field} or {@code separation-of-duty}
   */
  public ClientDraft {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.at(
          "/name", ProblemCode.INVALID_FIELD, "A name has 1 to 100 printable characters");
    }
    if (!Scope.mayBeHeldTogether(policy.scopes())) {
      throw ProblemException.at(
          "/scopes", ProblemCode.SEPARATION_OF_DUTY, ProblemCode.SEPARATION_OF_DUTY.title());
    }
    if (policy.scopes().isEmpty()) {
      throw ProblemException.at(
          "/scopes", ProblemCode.INVALID_FIELD, "A client has at least one scope");
    }
    if (policy.networks().size() > MOST_NETWORKS) {
      throw ProblemException.at(
          "/networks", ProblemCode.INVALID_FIELD, "A client has at most 100 networks");
    }
    if (!policy.revealLevels().isEmpty() && !policy.scopes().contains(Scope.TOKENS_DETOKENIZE)) {
      throw ProblemException.at(
          "/reveal_levels",
          ProblemCode.INVALID_FIELD,
          "Reveal levels go with the scope tokens:detokenize");
    }
    if (policy.requestsPerSecond() < 0) {
      throw ProblemException.at(
          "/requests_per_second", ProblemCode.INVALID_FIELD, "A rate is not negative");
    }
    if (policy.revealsPerDay() < 0) {
      throw ProblemException.at(
          "/reveals_per_day", ProblemCode.INVALID_FIELD, "A quota is not negative");
    }
  }
}
