package dev.cardvault.capture;

import java.util.Locale;

/** Where a capture is in its life. */
public enum CaptureState {
  /** Made; nobody has keyed anything. */
  CREATED,
  /** Tied to its call: the link code was right, or none is asked for. */
  LINKED,
  /** The caller is keying a field. */
  COLLECTING,
  /** What was keyed is refused; the same field is asked for again. */
  FIELD_INVALID,
  /** A field is accepted; the next one is asked for. */
  FIELD_OK,
  /** All fields are there; the caller is asked whether they are right. */
  CONFIRMING,
  /** The vault is making the token. */
  TOKENIZING,
  /** There is a token. */
  COMPLETED(true),
  /** The caller had no attempts left, or the vault refused the card. */
  FAILED(true),
  /** Somebody called it off. */
  CANCELLED(true),
  /** It took too long. */
  EXPIRED(true),
  /** The caller hung up. */
  ABANDONED(true),
  /** The node that held its digits is gone. */
  LOST(true);

  private final boolean end;
  private final String code = name().toLowerCase(Locale.ROOT);

  CaptureState() {
    this(false);
  }

  CaptureState(boolean end) {
    this.end = end;
  }

  /** Whether nothing can happen any more: no digit is held. */
  public boolean isEnd() {
    return end;
  }

  /** Whether a field is being asked for, so that digits count. */
  public boolean isAsking() {
    return this == LINKED || this == COLLECTING || this == FIELD_INVALID || this == FIELD_OK;
  }

  /** As it stands in the API: lower case. */
  public String code() {
    return code;
  }
}
