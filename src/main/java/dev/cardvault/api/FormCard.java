package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.connectors.ConnectorDraft;
import dev.cardvault.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** A card as a form gives it. */
final class FormCard implements AutoCloseable {

  private static final int LONGEST_CALL_ID = 128;
  private static final int LONGEST_TRANSACTION = 255;

  private @Nullable CardNumber number;
  private @Nullable KeyedCode code;
  private @Nullable CardExpiry expiry;
  private @Nullable String transaction;
  private @Nullable String callId;

  /** What {@code body} says; the card number belongs to whoever calls. */
  static FormCard read(RequestBody body, CardReader cards) {
    FormCard card = new FormCard();
    boolean done = false;
    try {
      FormScan.scan(body, (name, value) -> card.take(name, value, cards));
      done = true;
      return card;
    } finally {
      if (!done) {
        card.close();
      }
    }
  }

  private void take(String name, FormValue value, CardReader cards) {
    switch (name) {
      case "cardnumber" -> number = once(number, value.cardNumber(cards));
      case "security_code" -> code = once(code, value.code());
      case "expiry" -> expiry = once(expiry, value.expiry());
      case "transaction_id" ->
          transaction = once(transaction, value.text("/transaction_id", LONGEST_TRANSACTION));
      case "call_id" -> callId = once(callId, value.text("/call_id", LONGEST_CALL_ID));
      default -> {
        // Postal codes, and all that a platform adds by itself: not kept.
      }
    }
  }

  private static <T> T once(@Nullable T before, T now) {
    if (before != null) {
      if (now instanceof CardNumber second) {
        second.close();
      }
      if (now instanceof KeyedCode second) {
        second.close();
      }
      throw FormScan.malformed("A field stands in the form once");
    }
    return now;
  }

  /** How the platform names what it repeats; {@code null} when it does not. */
  @Nullable String transaction() {
    return transaction;
  }

  /**
   * The card, which owns its PAN and code from here on.
   *
   * @throws ProblemException when it cannot be taken; both are wiped
   */
  CardHandover checked(ConnectorDraft draft) {
    boolean done = false;
    try {
      CardNumber given = Fields.required(number, "/cardnumber");
      String call = Fields.required(callId, "/call_id");
      CardHandover card = CardHandover.of(draft, given.take(), expiry, code, call);
      done = true;
      return card;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  public void close() {
    if (number != null) {
      number.close();
    }
    if (code != null) {
      code.close();
    }
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "FormCard[redacted]";
  }
}
