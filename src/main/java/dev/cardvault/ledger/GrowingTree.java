package dev.cardvault.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a tree: all that is needed to add leaves to it. A few hundred hashes, whatever
 * its size. Not thread-safe.
 */
public final class GrowingTree {

  private final TreeHash hashes = new TreeHash();
  private final @Nullable Hash[] edge = new @Nullable Hash[Long.SIZE];
  private final List<List<Hash>> open = new ArrayList<>();
  private final List<Full> full = new ArrayList<>();
  private long size;

  /** One without leaves. */
  public GrowingTree() {
    for (int level = 0; level < Tile.LEVELS; level++) {
      open.add(new ArrayList<>());
    }
  }

  /** The edge of the tree of {@code size} leaves, whose tiles {@code reader} has. */
  public static <X extends Exception> GrowingTree load(long size, TileReader<X> reader) throws X {
    GrowingTree tree = new GrowingTree();
    for (int level = Tile.LEVELS - 1; level >= 0; level--) {
      long index = Tile.hashesAt(level, size) / Tile.WIDTH;
      int width = Tile.width(level, index, size);
      if (width > 0) {
        List<Hash> found = reader.read(level, index, width).hashes();
        for (Hash hash : found.subList(0, width)) {
          tree.push(hash, level);
        }
      }
    }
    // What was full is there already.
    tree.full.clear();
    return tree;
  }

  /** Another one like it, to grow by itself. */
  public GrowingTree copy() {
    GrowingTree copy = new GrowingTree();
    System.arraycopy(edge, 0, copy.edge, 0, edge.length);
    for (int level = 0; level < Tile.LEVELS; level++) {
      copy.open.get(level).addAll(open.get(level));
    }
    copy.full.addAll(full);
    copy.size = size;
    return copy;
  }

  /** How many leaves it has. */
  public long size() {
    return size;
  }

  /** Adds a leaf's hash at its right. */
  public void append(Hash leaf) {
    push(leaf, 0);
  }

  private void push(Hash hash, int level) {
    Hash node = hash;
    int height = level * Tile.HEIGHT;
    open.get(level).add(node);
    while ((size >>> height & 1) == 1) {
      node = hashes.node(at(height), node);
      height++;
      if (height % Tile.HEIGHT == 0) {
        close(height / Tile.HEIGHT - 1, node);
      }
    }
    edge[height] = node;
    size += 1L << (level * Tile.HEIGHT);
  }

  private void close(int level, Hash root) {
    List<Hash> done = open.get(level);
    // The hashes of this level that came before, and the 256 that now are one of the next level.
    long index = (size >>> (Tile.HEIGHT * level)) / Tile.WIDTH;
    full.add(new Full(new Tile(level, index, done), root));
    done.clear();
    open.get(level + 1).add(root);
  }

  /** The root hash of the tree as it is. */
  public Hash root() {
    if (size == 0) {
      return hashes.empty();
    }
    int height = Long.numberOfTrailingZeros(size);
    Hash root = at(height);
    while (++height < Long.SIZE) {
      if ((size >>> height & 1) == 1) {
        root = hashes.node(at(height), root);
      }
    }
    return root;
  }

  /** The tiles that became full since the last call, lower ones first. */
  public List<Full> takeFull() {
    List<Full> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  private Hash at(int height) {
    Hash hash = edge[height];
    if (hash == null) {
      throw new IllegalStateException("The edge has a hash for each bit of the size");
    }
    return hash;
  }

  /**
   * A tile that will not change again.
   *
   * @param tile its hashes
   * @param root the hash of the tree they make, which stands in the tile above
   */
  public record Full(Tile tile, Hash root) {}
}
