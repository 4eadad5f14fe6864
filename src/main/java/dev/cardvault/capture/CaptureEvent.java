package dev.cardvault.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a capture, without a digit.
 *
 * @param type what
 * @param field to which field; {@code null} when to all of it
 * @param reason why, where there is something to tell
 * @param view how the capture stands right after it
 */
public record CaptureEvent(
    Type type, @Nullable Field field, @Nullable Reason reason, CaptureView view) {

  /** What happened. */
  public enum Type {
    /** The capture is tied to its call. */
    LINKED,
    /** A field is asked for. */
    ASKED,
    /** A digit came. */
    KEY,
    /** The brand is decided. */
    BRAND,
    /** Something looks wrong, but nothing is refused yet. */
    WARNING,
    /** The caller cleared the field, or an agent did. */
    CLEARED,
    /** The entry is refused. */
    INVALID,
    /** The field is accepted. */
    ACCEPTED,
    /** The field is left out. */
    SKIPPED,
    /** The caller is asked whether all is right. */
    CONFIRMING,
    /** The vault is asked for a token. */
    TOKENIZING,
    /** Nothing more will happen. */
    ENDED;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** As it stands in the API: lower case. */
    public String code() {
      return code;
    }
  }
}
