package dev.cardvault.vault;

import dev.cardvault.card.CardBrand;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.token.TokenFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token profile as its owner wants it.
 *
 * @param name its name within the tenant: 1 to 63 lower-case letters, digits and dashes
 * @param format how its tokens look
 * @param reuse whether a PAN keeps one token here; FF1 cannot do otherwise
 * @param acceptedBrands the brands it takes; empty for all
 * @param ttlDays how many days its tokens live, 1 to 3650; {@code null} for ever
 * @param maxUses how often each may open, from 1; {@code null} for no limit
 */
public record ProfileDraft(
    String name,
    TokenFormat format,
    boolean reuse,
    Set<CardBrand> acceptedBrands,
    @Nullable Integer ttlDays,
    @Nullable Integer maxUses) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final int LONGEST_TTL = 3650;

  public ProfileDraft {
    acceptedBrands = Set.copyOf(acceptedBrands);
    check(
        NAME.matcher(name).matches(),
        "/name",
        "A name is 1 to 63 lower-case letters, digits and dashes, and begins with no dash");
    check(
        reuse || format.random(),
        "/reuse",
        "A token that is computed from its card is the same each time");
    check(
        ttlDays == null || (ttlDays >= 1 && ttlDays <= LONGEST_TTL),
        "/ttl_days",
        "Tokens live 1 to " + LONGEST_TTL + " days");
    check(maxUses == null || maxUses >= 1, "/max_uses", "A token may be used at least once");
  }

  private static void check(boolean holds, String pointer, String rule) {
    if (!holds) {
      throw ProblemException.at(pointer, ProblemCode.INVALID_FIELD, rule);
    }
  }
}
