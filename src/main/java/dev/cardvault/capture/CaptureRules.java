package dev.cardvault.capture;

/**
 * What holds for one capture; the settings of a capture profile.
 *
 * @param keys what the keys beside the digits do
 * @param limits times and attempts
 * @param fields which cards are taken
 * @param readBack whether the caller is asked at the end if all is right
 * @param linkRequired whether keys count only once the link code was given
 */
public record CaptureRules(
    KeyMap keys, Limits limits, FieldRules fields, boolean readBack, boolean linkRequired) {

  /** What the platforms do by themselves. */
  public static final CaptureRules DEFAULT =
      new CaptureRules(KeyMap.DEFAULT, Limits.DEFAULT, FieldRules.ALL_BRANDS, false, false);
}
