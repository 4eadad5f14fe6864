package dev.cardvault.vault;

import dev.cardvault.card.CardBrand;
import dev.cardvault.token.TokenFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rule for how tokens look and when a PAN may get a second one.
 *
 * @param id its row
 * @param name its name within the tenant
 * @param format how its tokens look
 * @param reuse whether a PAN keeps one token here, or gets a new one each time
 * @param acceptedBrands the brands it takes; empty for all
 * @param ttlDays how many days its tokens live; {@code null} for ever
 * @param maxUses how often each may open; {@code null} for no limit
 */
public record TokenProfile(
    UUID id,
    String name,
    TokenFormat format,
    boolean reuse,
    Set<CardBrand> acceptedBrands,
    @Nullable Integer ttlDays,
    @Nullable Integer maxUses) {

  /** The profile of a request that names none. */
  public static final String DEFAULT = "default";

  public TokenProfile {
    acceptedBrands = Set.copyOf(acceptedBrands);
  }

  /** Whether cards of {@code brand} get tokens here. */
  public boolean accepts(CardBrand brand) {
    return acceptedBrands.isEmpty() || acceptedBrands.contains(brand);
  }
}
