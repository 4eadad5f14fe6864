package dev.cardvault.api;

import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.KeyMap;
import dev.cardvault.capture.Limits;
import dev.cardvault.card.CardBrand;
import dev.cardvault.sessions.CaptureProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A capture profile, with what it leaves to the defaults.
 *
 * @param object always {@code capture_profile}
 * @param name its name
 * @param tokenProfile the token profile
 * @param acceptedBrands the brands it takes; empty for all
 * @param luhnWarnsFor the brands whose numbers may have a wrong check digit
 * @param keyMap what the keys beside the digits do
 * @param limits times and attempts
 * @param readBack whether the caller is asked at the end if all is right
 * @param linkRequired whether keys count only once the link code was given
 * @param createdAt when it was made
 * @param createdBy by which client
 * @param changedAt when it last changed
 */
record CaptureProfileAnswer(
    String object,
    String name,
    String tokenProfile,
    List<String> acceptedBrands,
    List<String> luhnWarnsFor,
    KeyMapFields keyMap,
    LimitFields limits,
    boolean readBack,
    boolean linkRequired,
    Instant createdAt,
    String createdBy,
    Instant changedAt) {

  static CaptureProfileAnswer of(CaptureProfile profile) {
    CaptureSettings settings = CaptureProfileJson.settings(profile.settings());
    CaptureRules rules = settings.checked();
    String tokenProfile = settings.tokenProfile();
    return new CaptureProfileAnswer(
        "capture_profile",
        profile.name(),
        tokenProfile == null ? "default" : tokenProfile,
        rules.fields().acceptedBrands().stream().map(CardBrand::code).sorted().toList(),
        orEmpty(settings.luhnWarnsFor()),
        keys(rules.keys()),
        limits(rules.limits()),
        rules.readBack(),
        rules.linkRequired(),
        profile.createdAt(),
        profile.createdBy(),
        profile.changedAt());
  }

  private static List<String> orEmpty(@Nullable List<@Nullable String> codes) {
    return codes == null ? List.of() : codes.stream().map(String::valueOf).sorted().toList();
  }

  private static KeyMapFields keys(KeyMap keys) {
    return new KeyMapFields(text(keys.end()), text(keys.clear()));
  }

  private static String text(char key) {
    return key == KeyMap.NONE ? "" : String.valueOf(key);
  }

  private static LimitFields limits(Limits limits) {
    return new LimitFields(
        millis(limits.firstDigit()),
        millis(limits.betweenDigits()),
        millis(limits.acceptAfter()),
        limits.attempts(),
        millis(limits.lifetime()),
        millis(limits.linkTime()));
  }

  private static int millis(Duration span) {
    return (int) span.toMillis();
  }
}
