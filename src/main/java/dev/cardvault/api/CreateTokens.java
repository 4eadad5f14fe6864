package dev.cardvault.api;

import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.BatchMode;
import dev.cardvault.vault.ItemResult;
import dev.cardvault.vault.TokenizeRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish for many tokens.
 *
 * @param mode all or none, or each for itself
 * @param items the wishes, 1 to 500
 */
@CarriesPan("/items/*/card/number")
record CreateTokens(@Nullable String mode, @Nullable List<@Nullable CreateToken> items) {

  static final int MOST = 500;

  BatchMode checkedMode() {
    return Batch.mode(mode);
  }

  /**
   * The items: what the vault is asked for, or why it is not.
   *
   * @throws ProblemException when there are too few or too many
   */
  List<ItemResult<TokenizeRequest>> checked() {
    List<@Nullable CreateToken> given = Fields.required(items, "/items");
    Batch.checkSize(given.size(), MOST);
    List<ItemResult<TokenizeRequest>> checked = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      checked.add(checked(given.get(i), "/items/" + i));
    }
    return checked;
  }

  private static ItemResult<TokenizeRequest> checked(@Nullable CreateToken item, String pointer) {
    try {
      return new ItemResult.Done<>(Fields.required(item, "").checked());
    } catch (ProblemException e) {
      return new ItemResult.Failed<>(e.below(pointer));
    }
  }

  /** Wipes the PANs of a request that is not carried out. */
  void wipe() {
    if (items != null) {
      items.forEach(
          item -> {
            if (item != null) {
              item.wipe();
            }
          });
    }
  }
}
