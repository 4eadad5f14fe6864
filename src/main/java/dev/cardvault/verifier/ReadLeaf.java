package dev.cardvault.verifier;

import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.EntryBundle;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TilePath;
import dev.cardvault.ledger.TreeHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of a folder holds, looked at by itself.
 *
 * @param hash of the leaf
 * @param leaf what it says; nothing when it is hidden or wrong
 * @param wrong what is the matter with it
 */
record ReadLeaf(Hash hash, @Nullable AuditLeaf leaf, @Nullable String wrong) {

  /**
   * The entries of a bundle, as many as there are.
   *
   * @param width how many are expected
   */
  static List<ReadLeaf> bundle(LogFolder folder, long index, int width) throws IOException {
    Optional<byte[]> tile = folder.read(0, index, width);
    Optional<byte[]> bundle = folder.read(TilePath.ENTRIES, index, width);
    if (tile.isEmpty() && bundle.isEmpty()) {
      return List.of();
    }
    List<Hash> hashes = hashes(tile.orElse(new byte[0]));
    List<byte[]> entries = entries(bundle.orElse(new byte[0]));
    TreeHash tree = new TreeHash();
    List<ReadLeaf> leaves = new ArrayList<>(width);
    for (int i = 0; i < Math.min(width, Math.max(hashes.size(), entries.size())); i++) {
      @Nullable Hash hash = i < hashes.size() ? hashes.get(i) : null;
      byte @Nullable [] entry = i < entries.size() ? entries.get(i) : null;
      leaves.add(of(tree, hash, entry));
    }
    return leaves;
  }

  private static List<Hash> hashes(byte[] tile) {
    int whole = Math.min(tile.length / Hash.LENGTH, Tile.WIDTH);
    List<Hash> hashes = new ArrayList<>(whole);
    for (int i = 0; i < whole; i++) {
      hashes.add(Hash.copyOf(tile, i * Hash.LENGTH));
    }
    return hashes;
  }

  private static List<byte[]> entries(byte[] bundle) {
    try {
      return EntryBundle.read(bundle);
    } catch (IllegalArgumentException cutOff) {
      return List.of();
    }
  }

  private static ReadLeaf of(TreeHash tree, @Nullable Hash hash, byte @Nullable [] entry) {
    if (entry == null) {
      return new ReadLeaf(tree.empty(), null, "the leaf is missing");
    }
    if (entry.length == 0) {
      return hash == null
          ? new ReadLeaf(tree.empty(), null, "neither the leaf nor its hash is there")
          : new ReadLeaf(hash, null, null);
    }
    Hash own = tree.leaf(entry);
    if (hash == null || !own.equals(hash)) {
      return new ReadLeaf(own, null, "the leaf is not the one whose hash the tree holds");
    }
    try {
      return new ReadLeaf(own, AuditLeaf.parse(entry), null);
    } catch (IllegalArgumentException notOurs) {
      return new ReadLeaf(own, null, "it is no leaf: " + notOurs.getMessage());
    }
  }
}
