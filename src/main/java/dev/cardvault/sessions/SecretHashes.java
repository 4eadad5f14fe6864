package dev.cardvault.sessions;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hashes of a capture's secrets.
 *
 * @param keys of the one that appends keys
 * @param observe of the one that watches
 * @param desks of those that agents' screens got for the link code
 */
// Compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record SecretHashes(byte[] keys, byte[] observe, List<byte[]> desks) {

  /** How many screens may be linked. */
  private static final int MOST_DESKS = 4;

  SecretHashes {
    desks = List.copyOf(desks);
  }

  /**
   * The same with one more screen.
   *
   * @throws ProblemException {@code state-conflict} when there are enough
   */
  SecretHashes withDesk(byte[] hash) {
    if (desks.size() >= MOST_DESKS) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "Enough screens are linked");
    }
    return new SecretHashes(keys, observe, Stream.concat(desks.stream(), Stream.of(hash)).toList());
  }

  /**
   * Lets {@code shown} pass when it is one of this capture's and gives one of {@code allowed}.
   *
   * @throws ProblemException {@code invalid-credential} when it is none of this capture's; {@code
   *     scope-missing} when it has another power
   */
  void require(String shown, Set<Power> allowed) {
    Power power = Power.claimedBy(shown).orElseThrow(SecretHashes::unknown);
    byte[] hash = Secret.hash(shown);
    if (of(power).stream().noneMatch(known -> MessageDigest.isEqual(known, hash))) {
      throw unknown();
    }
    if (!allowed.contains(power)) {
      throw ProblemException.of(ProblemCode.SCOPE_MISSING, "This secret does not allow that");
    }
  }

  private List<byte[]> of(Power power) {
    return switch (power) {
      case KEYS -> List.of(keys);
      case OBSERVE -> List.of(observe);
      case DESK -> desks;
    };
  }

  private static ProblemException unknown() {
    return ProblemException.of(ProblemCode.INVALID_CREDENTIAL);
  }
}
