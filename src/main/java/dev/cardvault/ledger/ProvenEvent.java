package dev.cardvault.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An event with all that shows it is in the log: one line of an export.
 *
 * @param proof the leaf, its place, and the signed tree that has it there
 * @param words what the leaf commits to, by field, with the {@code salt}; empty once forgotten
 */
public record ProvenEvent(TlogProof proof, SortedMap<String, String> words) {

  private static final String SALT = "salt";

  /** The leaf. */
  public AuditLeaf leaf() {
    return AuditLeaf.parse(proof.leaf());
  }

  /**
   * One line, without its end: canonical JSON with the members {@code event}, for whoever reads it,
   * {@code proof} and {@code words}.
   */
  public String line() {
    SortedMap<String, Object> line = new TreeMap<>();
    line.put("event", leaf().event());
    line.put("proof", proof.toString());
    line.put("words", new TreeMap<>(words));
    return CanonicalJson.toText(line);
  }

  /** Which field's word is not the one the leaf commits to; nothing when all are. */
  public static Optional<String> falsified(AuditLeaf leaf, Map<String, String> words) {
    String salt = words.get(SALT);
    for (var word : words.entrySet()) {
      String field = word.getKey();
      if (!field.equals(SALT)
          && (salt == null
              || !Commitment.to(field, word.getValue(), UUID.fromString(salt))
                  .equals(leaf.committed().get(field)))) {
        return Optional.of(field);
      }
    }
    // Words are forgotten all at once; with the salt at hand, one that is missing was taken away.
    return salt == null
        ? Optional.empty()
        : leaf.committed().keySet().stream().filter(f -> !words.containsKey(f)).findFirst();
  }
}
