package dev.cardvault.api;

import dev.cardvault.card.CardBrand;
import dev.cardvault.token.TokenFormat;
import dev.cardvault.vault.ProfileDraft;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a token profile.
 *
 * @param name its name
 * @param format how its tokens look, {@code last4} when absent
 * @param reuse whether a card keeps one token here, true when absent
 * @param acceptedBrands the brands it takes; all when absent
 * @param ttlDays how many days its tokens live; for ever when absent
 * @param maxUses how often each may open; without limit when absent
 */
record CreateProfile(
    @Nullable String name,
    @Nullable String format,
    @Nullable Boolean reuse,
    @Nullable List<@Nullable String> acceptedBrands,
    @Nullable Integer ttlDays,
    @Nullable Integer maxUses) {

  ProfileDraft checked() {
    return new ProfileDraft(
        Fields.required(name, "/name"),
        format == null ? TokenFormat.LAST4 : checkedFormat(format),
        reuse == null || reuse,
        acceptedBrands == null ? Set.of() : checkedBrands(acceptedBrands, "/accepted_brands"),
        ttlDays,
        maxUses);
  }

  static TokenFormat checkedFormat(String code) {
    return Fields.oneOf(code, "/format", TokenFormat::ofCode);
  }

  static Set<CardBrand> checkedBrands(List<@Nullable String> codes, String list) {
    Set<CardBrand> brands = EnumSet.noneOf(CardBrand.class);
    for (int i = 0; i < codes.size(); i++) {
      String pointer = list + "/" + i;
      brands.add(Fields.oneOf(Fields.required(codes.get(i), pointer), pointer, CardBrand::ofCode));
    }
    return brands;
  }
}
