package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.ProfileDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of a token profile (RFC 7396): what is absent stays. Name and reuse stay for good.
 *
 * @param format how new tokens look
 * @param acceptedBrands the brands it takes; an empty list for all
 * @param ttlDays how many days new tokens live; {@code null} for ever
 * @param maxUses how often each new token may open; {@code null} for no limit
 */
record PatchProfile(
    @JsonSetter(nulls = Nulls.FAIL) @Nullable String format,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable List<@Nullable String> acceptedBrands,
    @Nullable JsonNode ttlDays,
    @Nullable JsonNode maxUses) {

  ProfileDraft applyTo(ProfileDraft old) {
    return new ProfileDraft(
        old.name(),
        format == null ? old.format() : CreateProfile.checkedFormat(format),
        old.reuse(),
        acceptedBrands == null ? old.acceptedBrands() : CreateProfile.checkedBrands(acceptedBrands),
        number(ttlDays, old.ttlDays(), "/ttl_days"),
        number(maxUses, old.maxUses(), "/max_uses"));
  }

  private static @Nullable Integer number(
      @Nullable JsonNode given, @Nullable Integer old, String pointer) {
    if (given == null) {
      return old;
    }
    if (given.isNull()) {
      return null;
    }
    if (!given.isInt()) {
      throw ProblemException.at(
          pointer, ProblemCode.MALFORMED_JSON, "The value is of the wrong type");
    }
    return given.intValue();
  }
}
