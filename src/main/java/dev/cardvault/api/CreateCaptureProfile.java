package dev.cardvault.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a capture profile; see {@link CaptureSettings}.
 *
 * @param name its name
 */
record CreateCaptureProfile(
    @Nullable String name,
    @Nullable String tokenProfile,
    @Nullable List<@Nullable String> acceptedBrands,
    @Nullable List<@Nullable String> luhnWarnsFor,
    @Nullable KeyMapFields keyMap,
    @Nullable LimitFields limits,
    @Nullable Boolean readBack,
    @Nullable Boolean linkRequired) {

  String checkedName() {
    String given = Fields.required(name, "/name");
    if (!CreateToken.PROFILE_NAME.matcher(given).matches()) {
      throw Fields.invalid("/name", "A profile's name is lower-case letters, digits and dashes");
    }
    return given;
  }

  CaptureSettings settings() {
    return new CaptureSettings(
        tokenProfile, acceptedBrands, luhnWarnsFor, keyMap, limits, readBack, linkRequired);
  }
}
