package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.connectors.ConnectorDraft;
import dev.cardvault.connectors.PayVendor;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a pay connector is sent, in the vendors' own words. Bank account numbers are never read; it
 * is seen that they are there.
 */
@CarriesPan(value = "/cardnumber", code = "/cvv")
@Keeps({
  "/method",
  "/transaction_id",
  "/expiry_month",
  "/expiry_year",
  "/chargeAmount",
  "/parameters/call_id"
})
@RegisterForReflection
record PayRequest(
    @Nullable String method,
    @JsonProperty("transaction_id") @Nullable String transactionId,
    @Nullable CardNumber cardnumber,
    @Nullable KeyedCode cvv,
    @JsonProperty("expiry_month") @Nullable JsonNode expiryMonth,
    @JsonProperty("expiry_year") @Nullable JsonNode expiryYear,
    @JsonProperty("chargeAmount") @Nullable JsonNode chargeAmount,
    @Nullable JsonNode bankaccountnumber,
    @Nullable JsonNode routingnumber,
    @Nullable Map<String, @Nullable JsonNode> parameters) {

  private static final JsonShape SHAPE = new JsonShape(PayRequest.class);
  private static final Pattern TRANSACTION = Pattern.compile("[!-~]{1,255}");
  private static final String TOKENIZE = "tokenize";
  private static final String CREDIT_CARD = "credit-card";
  private static final String CHARGE = "charge";
  private static final int LONGEST_CALL_ID = 128;

  /** What {@code body} says; the card number belongs to whoever calls. */
  static PayRequest read(RequestBody body, CardReader cards) {
    return (PayRequest) SHAPE.read(body, cards, redacted -> {});
  }

  /** Whether a charge is asked for, whose answer names it otherwise. */
  boolean asksForCharge() {
    return CHARGE.equals(method);
  }

  /**
   * The card, which owns its PAN and code from here on.
   *
   * @throws ProblemException when it cannot be taken; both are wiped
   */
  CardHandover checked(PayVendor vendor, ConnectorDraft draft) {
    boolean done = false;
    try {
      refuseWhatIsNoCard(vendor);
      String transaction = transaction();
      CardNumber number = Fields.required(cardnumber, "/cardnumber");
      CardExpiry expiry = KeyedExpiry.of(text(expiryMonth), text(expiryYear));
      String callId = callId(transaction);
      CardHandover card = CardHandover.of(draft, number.take(), expiry, cvv, callId);
      done = true;
      return card;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private void close() {
    if (cardnumber != null) {
      cardnumber.close();
    }
    if (cvv != null) {
      cvv.close();
    }
  }

  /** How the vendor names what it repeats. */
  String transaction() {
    String id = Fields.required(transactionId, "/transaction_id");
    if (!TRANSACTION.matcher(id).matches()) {
      throw Fields.invalid(
          "/transaction_id", "A transaction's id is 1 to 255 visible ASCII characters");
    }
    return id;
  }

  private void refuseWhatIsNoCard(PayVendor vendor) {
    if (isGiven(bankaccountnumber) || isGiven(routingnumber)) {
      throw ProblemException.of(ProblemCode.UNSUPPORTED_PAYMENT_METHOD);
    }
    if (vendor == PayVendor.SIGNALWIRE) {
      if (!CREDIT_CARD.equals(method)) {
        throw ProblemException.of(ProblemCode.UNSUPPORTED_PAYMENT_METHOD);
      }
      if (isAboveZero(text(chargeAmount))) {
        throw ProblemException.of(ProblemCode.UNSUPPORTED_TRANSACTION);
      }
    } else if (!TOKENIZE.equals(method)) {
      throw ProblemException.of(ProblemCode.UNSUPPORTED_TRANSACTION);
    }
  }

  /** What is no number is no wish for a charge either, but no reason to give a token. */
  private static boolean isAboveZero(@Nullable String amount) {
    try {
      return amount != null && !amount.isEmpty() && new BigDecimal(amount).signum() > 0;
    } catch (NumberFormatException e) {
      throw Fields.invalid("/chargeAmount", "An amount is a number");
    }
  }

  private String callId(String transaction) {
    JsonNode given = parameters == null ? null : parameters.get("call_id");
    String callId = text(given);
    return callId == null
        ? transaction.substring(0, Math.min(transaction.length(), LONGEST_CALL_ID))
        : Fields.text(callId, "/parameters/call_id", LONGEST_CALL_ID);
  }

  private static boolean isGiven(@Nullable JsonNode value) {
    return value != null && !value.isNull() && !value.asText().isEmpty();
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value == null || value.isNull() || !value.isValueNode() ? null : value.asText();
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "PayRequest[redacted]";
  }
}
