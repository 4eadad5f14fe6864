package dev.cardvault.vault;

import dev.cardvault.audit.RevealPermit;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import dev.cardvault.keys.Binding;
import dev.cardvault.keys.OpeningKey;
import org.jspecify.annotations.Nullable;

/**
 * The only door to a stored PAN: it opens a card for a permit, which exists only once the audit log
 * has the event.
 */
final class PanVault {

  private PanVault() {}

  /**
   * The PAN of {@code card}, for the caller to close.
   *
   * @throws dev.cardvault.problem.ProblemException {@code integrity-failure} when the row was
   *     changed, moved or belongs to another key
   */
  static Pan open(StoredCard card, OpeningKey key, RevealPermit permit) {
    check(card, permit);
    return key.open(binding(card, Binding.Kind.PAN), card.sealed());
  }

  /** The holder's name of {@code card}, if it has one. */
  static @Nullable HolderName openHolder(StoredCard card, OpeningKey key, RevealPermit permit) {
    check(card, permit);
    byte[] sealed = card.sealedHolder();
    return sealed == null ? null : key.openName(binding(card, Binding.Kind.HOLDER_NAME), sealed);
  }

  private static Binding binding(StoredCard card, Binding.Kind kind) {
    return new Binding(card.tenant(), card.tokenId(), card.masked().length(), kind);
  }

  private static void check(StoredCard card, RevealPermit permit) {
    if (!permit.tokenId().equals(card.tokenId())) {
      throw new IllegalStateException("The permit is for another card");
    }
  }
}
