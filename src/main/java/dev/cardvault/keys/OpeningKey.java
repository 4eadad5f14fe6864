package dev.cardvault.keys;

import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A PAN key that opens what was sealed with it. Use it at once and do not keep it: it is wiped some
 * seconds after it leaves the cache. Safe for many threads.
 */
public final class OpeningKey {

  private final OpenKey key;

  OpeningKey(OpenKey key) {
    this.key = key;
  }

  /** Its id. */
  public UUID keyId() {
    return key.id();
  }

  /**
   * The PAN, for the caller to close.
   *
   * @param binding where {@code sealed} was found
   * @throws ProblemException {@code integrity-failure} when it was not sealed for there with this
   *     key; {@code key-server-sealed} or {@code key-server-unavailable} when the key was wiped
   *     meanwhile
   */
  public Pan open(Binding binding, byte[] sealed) {
    byte[] digits = openAs(Binding.Kind.PAN, binding, sealed);
    if (digits.length != binding.panLength()) {
      Arrays.fill(digits, (byte) 0);
      throw ProblemException.of(ProblemCode.INTEGRITY_FAILURE);
    }
    try {
      // The seal says that it is the one that was taken, check digit or not.
      return Pan.takeOwnershipWithoutLuhn(digits);
    } catch (ProblemException notOneOfOurs) {
      throw ProblemException.of(ProblemCode.INTEGRITY_FAILURE);
    }
  }

  /** The holder's name; fails like {@link #open}. */
  public HolderName openName(Binding binding, byte[] sealed) {
    byte[] text = openAs(Binding.Kind.HOLDER_NAME, binding, sealed);
    try {
      return new HolderName(new String(text, StandardCharsets.UTF_8));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private byte[] openAs(Binding.Kind kind, Binding binding, byte[] sealed) {
    if (binding.kind() != kind) {
      throw new IllegalArgumentException("The binding is of another kind");
    }
    return Seal.open(key, binding, sealed);
  }

  @Override
  public String toString() {
    return "OpeningKey[" + key.id() + "]";
  }
}
