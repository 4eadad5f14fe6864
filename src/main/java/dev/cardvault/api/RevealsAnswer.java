package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cardvault.vault.ItemResult;
import dev.cardvault.vault.Revealed;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wish to see many cards.
 *
 * @param results one for each item, in their order
 * @param revealed how many cards are shown
 * @param failed how many are not
 */
@RegisterForReflection(targets = {RevealsAnswer.class, RevealsAnswer.RevealResult.class})
record RevealsAnswer(List<RevealResult> results, int revealed, int failed) {

  /**
   * What became of one item.
   *
   * @param index the item, from 0
   * @param reveal its card
   * @param problem why it is not shown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RevealResult(int index, @Nullable RevealAnswer reveal, @Nullable Problem problem) {}

  static RevealsAnswer of(List<ItemResult<Revealed>> items, String requestId) {
    List<RevealResult> results = new ArrayList<>(items.size());
    int failed = 0;
    for (int i = 0; i < items.size(); i++) {
      int index = i;
      RevealResult result =
          items
              .get(i)
              .match(
                  card -> new RevealResult(index, RevealAnswer.of(card), null),
                  problem -> new RevealResult(index, null, Problem.of(problem, requestId)));
      results.add(result);
      failed += result.problem() == null ? 0 : 1;
    }
    return new RevealsAnswer(results, items.size() - failed, failed);
  }
}
