package dev.cardvault.keys;

import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import dev.cardvault.card.RevealsPan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A PAN key of this node, good for one record now: ask {@link Sealer} anew for the next. Safe for
 * many threads.
 */
public final class SealingKey {

  private final OpenKey key;

  SealingKey(OpenKey key) {
    this.key = key;
  }

  /** The id to store beside what is sealed; it is needed to open it. */
  public UUID keyId() {
    return key.id();
  }

  /**
   * The PAN sealed, as many digits and 29 bytes.
   *
   * @throws dev.cardvault.problem.ProblemException {@code key-server-sealed} when the key was wiped
   *     meanwhile
   */
  @RevealsPan("encrypts the digits")
  public byte[] seal(Binding binding, Pan pan) {
    require(binding, Binding.Kind.PAN);
    return Seal.close(key, binding, pan.reveal());
  }

  /** The holder's name sealed. */
  public byte[] seal(Binding binding, HolderName name) {
    require(binding, Binding.Kind.HOLDER_NAME);
    byte[] text = name.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      return Seal.close(key, binding, text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private void require(Binding binding, Binding.Kind kind) {
    if (binding.kind() != kind || !binding.tenant().equals(key.row().tenant())) {
      throw new IllegalArgumentException("The binding is of another kind or tenant");
    }
  }

  @Override
  public String toString() {
    return "SealingKey[" + key.id() + "]";
  }
}
