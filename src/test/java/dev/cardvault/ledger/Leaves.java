package dev.cardvault.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Trees for tests: made of the simplest leaves, their tiles computed in the plainest way. */
final class Leaves {

  private Leaves() {}

  /** The hashes of so many leaves that all differ. */
  static List<Hash> hashes(int count) {
    TreeHash hashes = new TreeHash();
    List<Hash> leaves = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      leaves.add(hashes.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
    }
    return leaves;
  }

  /** The root of the tree of these leaves by the definition of RFC 6962, 2.1. */
  static Hash root(List<Hash> leaves) {
    TreeHash hashes = new TreeHash();
    if (leaves.isEmpty()) {
      return hashes.empty();
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = (int) Ranges.split(leaves.size());
    return hashes.node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /** Tiles by the definition of C2SP tlog-tiles, nothing remembered. */
  static TileReader<RuntimeException> of(List<Hash> leaves) {
    return (level, index, width) -> {
      List<Hash> tile = new ArrayList<>();
      long span = 1L << (Tile.HEIGHT * level);
      for (int i = 0; i < width; i++) {
        int from = (int) ((index * Tile.WIDTH + i) * span);
        tile.add(root(leaves.subList(from, (int) (from + span))));
      }
      return new Tile(level, index, tile);
    };
  }
}
