package dev.cardvault.api;

import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.Field;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.CapturePlan;
import dev.cardvault.vault.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a capture. What stands here goes before what its profile says.
 *
 * @param callId the telephony platform's id of the call
 * @param channel how the card comes in
 * @param agentId who is on the call
 * @param queue where the call was routed
 * @param mediaEncrypted whether the voice path is encrypted
 * @param recordingSuppressed whether the recorder is paused
 * @param fields what to ask for, in this order; {@code pan} among them
 * @param profile the capture profile
 * @param tokenProfile the token profile, that of the capture profile when absent
 * @param acceptedBrands the brands it takes
 * @param keyMap what the keys beside the digits do
 * @param limits times and attempts
 * @param metadata up to 50 texts to keep with the token
 */
record CreateCapture(
    @Nullable String callId,
    @Nullable String channel,
    @Nullable String agentId,
    @Nullable String queue,
    @Nullable Boolean mediaEncrypted,
    @Nullable Boolean recordingSuppressed,
    @Nullable List<@Nullable String> fields,
    @Nullable String profile,
    @Nullable String tokenProfile,
    @Nullable List<@Nullable String> acceptedBrands,
    @Nullable KeyMapFields keyMap,
    @Nullable LimitFields limits,
    @Nullable Map<String, @Nullable String> metadata) {

  /** The name of its capture profile; {@code null} for none. */
  @Nullable String checkedProfile() {
    return checkedName(profile, "/profile");
  }

  /** The plan, with what {@code base} says where the wish is silent. */
  CapturePlan checked(CaptureSettings base) {
    CaptureSettings mine =
        new CaptureSettings(tokenProfile, acceptedBrands, null, keyMap, limits, null, null);
    CaptureSettings both = mine.over(base);
    CaptureRules rules = both.checked();
    return new CapturePlan(
        call(),
        checkedFields(),
        rules,
        checkedName(both.tokenProfile(), "/token_profile"),
        Metadata.of(metadata, "/metadata"));
  }

  private CallContext call() {
    try {
      return new CallFields(callId, channel, agentId, queue, mediaEncrypted, recordingSuppressed)
          .checked();
    } catch (ProblemException e) {
      // Its fields stand at the top here.
      throw e.errors().isEmpty()
          ? e
          : ProblemException.at(
              e.errors().get(0).pointer().replaceFirst("^/call", ""), e.code(), e.detail());
    }
  }

  private List<Field> checkedFields() {
    List<@Nullable String> codes = Fields.required(fields, "/fields");
    List<Field> checked = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      String pointer = "/fields/" + i;
      checked.add(Fields.oneOf(Fields.required(codes.get(i), pointer), pointer, Field::ofCode));
    }
    if (!checked.contains(Field.PAN) || Set.copyOf(checked).size() != checked.size()) {
      throw ProblemException.at(
          "/fields",
          ProblemCode.INVALID_FIELD,
          "A capture asks for the pan, and for no field twice");
    }
    return checked;
  }

  private static @Nullable String checkedName(@Nullable String name, String pointer) {
    if (name != null && !CreateToken.PROFILE_NAME.matcher(name).matches()) {
      throw Fields.invalid(pointer, "A profile's name is lower-case letters, digits and dashes");
    }
    return name;
  }
}
