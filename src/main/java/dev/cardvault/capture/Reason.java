package dev.cardvault.capture;

import java.util.Locale;

/** Why an entry was refused, or a capture ended. */
public enum Reason {
  /** The number's check digit is wrong; where it is excused from that, a warning only. */
  LUHN_FAILED,
  /** Too few or too many digits for such a card, or such a field. */
  LENGTH_INVALID,
  /** The brand is not taken here; told as soon as the brand is decided. */
  BRAND_NOT_ACCEPTED,
  /** No card number begins like this. */
  NUMBER_INVALID,
  /** The expiry is no month, or too far ahead. */
  EXPIRY_INVALID,
  /** The card is not good any more. */
  CARD_EXPIRED,
  /** Nothing was keyed in time. */
  NO_INPUT,
  /** The card turned out to want a security code of another length. */
  CODE_LENGTH_INVALID,
  /** The link code was wrong. */
  LINK_CODE_WRONG,
  /** The link code was wrong too often. */
  LINK_CODE_USED_UP,
  /** A field was refused as often as it may be. */
  ATTEMPTS_USED_UP,
  /** The capture, or its link code, was open for too long. */
  TIMED_OUT,
  /** The caller hung up. */
  HUNG_UP,
  /** Somebody called it off. */
  CANCELLED,
  /** The vault gave no token. */
  TOKEN_REFUSED,
  /** The digits went with the node that held them: begin anew. */
  RESTART_REQUIRED;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As it stands in the API: lower case, with dashes, as the codes of problems. */
  public String code() {
    return code;
  }
}
