package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cardvault.vault.ItemResult;
import dev.cardvault.vault.Tokenized;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wish for many tokens.
 *
 * @param results one for each item, in their order
 * @param created how many tokens were made
 * @param failed how many items were not done
 */
record TokensAnswer(List<TokenResult> results, int created, int failed) {

  /**
   * What became of one item.
   *
   * @param index the item, from 0
   * @param token its token
   * @param problem why it has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TokenResult(int index, @Nullable TokenAnswer token, @Nullable Problem problem) {}

  static TokensAnswer of(List<ItemResult<Tokenized>> items, String requestId) {
    List<TokenResult> results = new ArrayList<>(items.size());
    int created = 0;
    int failed = 0;
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      TokenResult result =
          items
              .get(i)
              .match(
                  made -> new TokenResult(index, TokenAnswer.of(made), null),
                  problem -> new TokenResult(index, null, Problem.of(problem, requestId)));
      results.add(result);
      failed += result.problem() == null ? 0 : 1;
      created +=
          result.token() != null && !Boolean.TRUE.equals(result.token().deduplicated()) ? 1 : 0;
    }
    return new TokensAnswer(results, created, failed);
  }
}
