package dev.cardvault.api;

import dev.cardvault.access.Purpose;
import dev.cardvault.access.Reference;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.BatchMode;
import dev.cardvault.vault.RevealRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to see many cards, all for one reason.
 *
 * @param mode all or none, or each for itself
 * @param purpose why
 * @param reference for which business record
 * @param items the wishes, 1 to 100; more than 20 need an unlock
 */
record DetokenizeBatch(
    @Nullable String mode,
    @Nullable String purpose,
    @Nullable ReferenceFields reference,
    @Nullable List<@Nullable RevealItem> items) {

  static final int MOST = 100;
  static final int MOST_WITHOUT_UNLOCK = 20;

  /**
   * One card to see.
   *
   * @param token the token's text
   * @param reveal how much of the card
   */
  record RevealItem(@Nullable String token, @Nullable String reveal) {}

  BatchMode checkedMode() {
    return Batch.mode(mode);
  }

  List<RevealRequest> checked() {
    List<@Nullable RevealItem> given = Fields.required(items, "/items");
    Batch.checkSize(given.size(), MOST);
    Purpose why = Reason.purpose(purpose);
    Reference forWhat = Reason.reference(reference);
    if (given.size() > MOST_WITHOUT_UNLOCK) {
      throw ProblemException.at(
          "/items",
          ProblemCode.APPROVAL_PENDING,
          "More than " + MOST_WITHOUT_UNLOCK + " items need somebody else's approval");
    }
    List<RevealRequest> checked = new ArrayList<>(given.size());
    for (int i = 0; i < given.size(); i++) {
      checked.add(checked(given.get(i), why, forWhat, "/items/" + i));
    }
    return checked;
  }

  private static RevealRequest checked(
      @Nullable RevealItem item, Purpose why, Reference forWhat, String pointer) {
    try {
      RevealItem given = Fields.required(item, "");
      return new RevealRequest(
          Fields.token(Fields.required(given.token(), "/token")),
          Detokenize.level(given.reveal()),
          why,
          forWhat);
    } catch (ProblemException e) {
      throw e.below(pointer);
    }
  }
}
