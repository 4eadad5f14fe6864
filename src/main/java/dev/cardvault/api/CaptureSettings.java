package dev.cardvault.api;

import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.FieldRules;
import dev.cardvault.capture.KeyMap;
import dev.cardvault.capture.LuhnPolicy;
import dev.cardvault.card.CardBrand;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a capture profile; what is absent is as the platforms do it.
 *
 * @param tokenProfile the token profile, {@code default} when absent
 * @param acceptedBrands the brands it takes; all when absent
 * @param luhnWarnsFor the brands whose numbers may have a wrong check digit, with a warning
 * @param keyMap what the keys beside the digits do
 * @param limits times and attempts
 * @param readBack whether the caller is asked at the end if all is right
 * @param linkRequired whether keys count only once the link code was given
 */
record CaptureSettings(
    @Nullable String tokenProfile,
    @Nullable List<@Nullable String> acceptedBrands,
    @Nullable List<@Nullable String> luhnWarnsFor,
    @Nullable KeyMapFields keyMap,
    @Nullable LimitFields limits,
    @Nullable Boolean readBack,
    @Nullable Boolean linkRequired) {

  static final CaptureSettings NONE = new CaptureSettings(null, null, null, null, null, null, null);

  /** What is said here, and what {@code base} says where this is silent. */
  CaptureSettings over(CaptureSettings base) {
    return new CaptureSettings(
        first(tokenProfile, base.tokenProfile),
        first(acceptedBrands, base.acceptedBrands),
        first(luhnWarnsFor, base.luhnWarnsFor),
        first(keyMap, base.keyMap),
        orNone(limits).over(orNone(base.limits)),
        first(readBack, base.readBack),
        first(linkRequired, base.linkRequired));
  }

  CaptureRules checked() {
    return new CaptureRules(
        keyMap == null ? KeyMap.DEFAULT : keyMap.checked(),
        orNone(limits).checked(),
        new FieldRules(
            brands(acceptedBrands, "/accepted_brands"),
            LuhnPolicy.warningOnlyFor(brands(luhnWarnsFor, "/luhn_warns_for"))),
        readBack != null && readBack,
        linkRequired != null && linkRequired);
  }

  private static Set<CardBrand> brands(@Nullable List<@Nullable String> codes, String pointer) {
    return codes == null ? Set.of() : CreateProfile.checkedBrands(codes, pointer);
  }

  private static LimitFields orNone(@Nullable LimitFields limits) {
    return limits == null ? LimitFields.NONE : limits;
  }

  private static <T> @Nullable T first(@Nullable T mine, @Nullable T theirs) {
    return mine == null ? theirs : mine;
  }
}
