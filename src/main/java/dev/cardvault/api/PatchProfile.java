package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.vault.ProfileDraft;
import java.util.Arrays;
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
    @Nullable JsonNode format,
    @Nullable JsonNode acceptedBrands,
    @Nullable JsonNode ttlDays,
    @Nullable JsonNode maxUses) {

  ProfileDraft applyTo(ProfileDraft old) {
    String newFormat = Patches.kept(format, String.class, "/format");
    String[] newBrands = Patches.kept(acceptedBrands, String[].class, "/accepted_brands");
    return new ProfileDraft(
        old.name(),
        newFormat == null ? old.format() : CreateProfile.checkedFormat(newFormat),
        old.reuse(),
        newBrands == null
            ? old.acceptedBrands()
            : CreateProfile.checkedBrands(Arrays.asList(newBrands), "/accepted_brands"),
        number(ttlDays, old.ttlDays(), "/ttl_days"),
        number(maxUses, old.maxUses(), "/max_uses"));
  }

  private static @Nullable Integer number(
      @Nullable JsonNode given, @Nullable Integer old, String pointer) {
    return given == null ? old : Patches.value(given, Integer.class, pointer);
  }
}
