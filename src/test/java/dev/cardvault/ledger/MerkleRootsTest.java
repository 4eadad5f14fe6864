package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The reference tree of RFC 6962's first implementation, as most others test against it. */
final class MerkleRootsTest {

  @Test
  void agreesWithTheReferenceTreeAtEverySize() throws IOException {
    GrowingTree growing = new GrowingTree();
    TreeHash hashes = new TreeHash();
    List<Hash> leaves = new ArrayList<>();
    int lines = 0;
    try (BufferedReader vectors =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    MerkleRootsTest.class.getResourceAsStream("merkle-roots.tsv")),
                StandardCharsets.UTF_8))) {
      for (String line : vectors.lines().filter(l -> l.matches("\\d.*")).toList()) {
        String[] column = line.split("\t", -1);
        int size = Integer.parseInt(column[0]);
        if (size > 0) {
          Hash leaf = hashes.leaf(HexFormat.of().parseHex(column[1]));
          leaves.add(leaf);
          growing.append(leaf);
        }
        Hash root = Hash.copyOf(HexFormat.of().parseHex(column[2]), 0);
        assertEquals(root, Leaves.root(leaves), "recomputed at " + size);
        assertEquals(root, growing.root(), "grown to " + size);
        assertEquals(root, new Tree<>(size, Leaves.of(leaves)).root(), "from tiles at " + size);
        lines++;
      }
    }
    assertTrue(lines == 9, "All nine sizes are there");
  }
}
