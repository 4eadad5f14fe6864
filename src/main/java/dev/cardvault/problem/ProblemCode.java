package dev.cardvault.problem;

import java.util.Locale;

/**
 * Everything a caller can be told went wrong. A code is part of the HTTP contract: it is never
 * renamed and never changes its status.
 */
public enum ProblemCode {
  MALFORMED_JSON(400, "The body is not the JSON this endpoint takes"),
  UNKNOWN_FIELD(400, "The body has a field this endpoint does not know"),
  MISSING_FIELD(400, "A required field is missing"),
  INVALID_FIELD(400, "A field has a value outside its rule"),
  MISSING_PURPOSE(400, "A purpose is required"),
  MISSING_REFERENCE(400, "A reference is required"),
  PAN_IN_METADATA(400, "A card number stands where none may stand"),
  INVALID_CURSOR(400, "The cursor is not one this endpoint gave out"),
  MALFORMED_REQUEST(400, "The request is not valid HTTP"),
  MALFORMED_FORM(400, "The body is not the form this endpoint takes"),

  MISSING_CREDENTIAL(401, "A credential is required"),
  EXPIRED_CREDENTIAL(401, "The credential has expired"),
  INVALID_CREDENTIAL(401, "The credential is not valid"),
  CERTIFICATE_MISMATCH(401, "The access token is bound to another certificate"),

  SCOPE_MISSING(403, "The client lacks the scope"),
  REVEAL_LEVEL_DENIED(403, "The client may not see this much of a card"),
  PURPOSE_DENIED(403, "The client may not use this purpose"),
  NETWORK_DENIED(403, "The client may not call from this network"),
  OUTSIDE_HOURS(403, "The client may not call at this hour"),
  CLIENT_SUSPENDED(403, "The client is suspended"),
  MFA_REQUIRED(403, "A second factor is required"),

  TOKEN_NOT_FOUND(404, "There is no such token"),
  CAPTURE_NOT_FOUND(404, "There is no such capture"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "The answer cannot be given in the media type asked for"),

  IDEMPOTENCY_IN_FLIGHT(409, "A request with this idempotency key is still running", true),
  STATE_CONFLICT(409, "The state does not allow this"),
  SEPARATION_OF_DUTY(409, "These scopes may not be held together"),
  RESYNC(409, "Keys are missing; resynchronise"),
  DUPLICATE_TRANSACTION(409, "The transaction belongs to another card"),

  TOKEN_EXPIRED(410, "The token has expired"),
  TOKEN_ERASED(410, "The token has been erased"),
  CAPTURE_ENDED(410, "The capture has ended"),
  SECURITY_CODE_USED(410, "The security code has been handed out"),
  UNLOCK_USED(410, "The unlock has been used up"),
  GRANT_USED(410, "The grant has been used"),

  BODY_TOO_LARGE(413, "The body is too large"),
  TOO_MANY_ITEMS(413, "There are too many items"),
  MEDIA_TYPE(415, "The media type is not supported"),

  LUHN_FAILED(422, "The card number fails its check digit"),
  LENGTH_INVALID(422, "The card number has a length no such card has"),
  INVALID_CHARACTERS(422, "The card number has characters other than digits, spaces and dashes"),
  BRAND_NOT_ACCEPTED(422, "The card's brand is not accepted"),
  CARD_EXPIRED(422, "The card has expired"),
  IDEMPOTENCY_MISMATCH(422, "The idempotency key belongs to another request"),
  UNSAFE_FORMAT(422, "The token format leaves too little to chance for this card"),
  TEST_CARD_REQUIRED(422, "The connector takes published test cards only"),
  UNSUPPORTED_TRANSACTION(422, "This is a vault: it gives tokens and charges nobody"),
  UNSUPPORTED_PAYMENT_METHOD(422, "Cards get tokens here, and nothing else does"),
  INPUT_TIMEOUT(422, "The caller keyed nothing"),
  INPUT_KEY_UNKNOWN(422, "What was keyed is encrypted under a key the connector does not have"),
  INPUT_UNREADABLE(422, "What was keyed does not decrypt"),

  LEGAL_HOLD(423, "A legal hold forbids this"),
  APPROVAL_PENDING(423, "An approval is pending"),
  TOKEN_SUSPENDED(423, "The token is suspended"),

  RATE_LIMITED(429, "Too many requests", true),
  REVEAL_QUOTA_EXCEEDED(429, "The client's quota of reveals is used up", true),

  INTERNAL(500, "Something went wrong here"),
  INTEGRITY_FAILURE(500, "A stored card does not match its seal"),

  KEY_SERVER_SEALED(503, "The key server is sealed", true),
  KEY_SERVER_UNAVAILABLE(503, "The key server does not answer", true),
  AUDIT_UNAVAILABLE(503, "The audit log cannot be written", true),
  DATABASE_UNAVAILABLE(503, "The database does not answer", true),
  OVERLOADED(503, "There is more work than this node takes on", true),

  TOKEN_SPACE_EXHAUSTED(507, "The profile has no tokens left for such a card");

  private final int status;
  private final String title;
  private final boolean retryable;
  private final String code;

  ProblemCode(int status, String title) {
    this(status, title, false);
  }

  ProblemCode(int status, String title, boolean retryable) {
    this.status = status;
    this.title = title;
    this.retryable = retryable;
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The problem of that code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ProblemCode ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The HTTP status, 400 to 507. */
  public int status() {
    return status;
  }

  /** A sentence for people that holds for every occurrence of this problem (RFC 9457, 3.1.3). */
  public String title() {
    return title;
  }

  /** Whether the same request may succeed later, unchanged. */
  public boolean retryable() {
    return retryable;
  }

  /** The code as callers see it: lower case, with dashes. */
  public String code() {
    return code;
  }

  /** The problem type as a URI (RFC 9457, 3.1.1). */
  public String type() {
    return "urn:cardvault:problem:" + code;
  }
}
