package dev.cardvault.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of a certain size that is read from tiles. Keeps the tiles it has read and the nodes it
 * has hashed. Not thread-safe.
 *
 * @param <X> what goes wrong where the tiles are kept
 */
public final class Tree<X extends Exception> {

  private final long size;
  private final TileReader<X> reader;
  private final TreeHash hashes = new TreeHash();
  private final Map<Integer, Map<Long, Tile>> tiles = new HashMap<>();
  private final Map<Integer, Map<Long, Hash>> nodes = new HashMap<>();

  /** The tree of the first {@code size} leaves, whose tiles {@code reader} has. */
  public Tree(long size, TileReader<X> reader) {
    if (size < 0) {
      throw new IllegalArgumentException("A tree has no fewer than 0 leaves");
    }
    this.size = size;
    this.reader = reader;
  }

  /** How many leaves it has. */
  public long size() {
    return size;
  }

  /** Its root hash (RFC 6962, 2.1). */
  public Hash root() throws X {
    return size == 0 ? hashes.empty() : range(0, size);
  }

  /**
   * The audit path of a leaf, from the leaf's neighbour up to the root's child (RFC 6962, 2.1.1).
   *
   * @throws IllegalArgumentException if the tree has no such leaf
   */
  public List<Hash> inclusion(long index) throws X {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("The tree has no such leaf");
    }
    List<Hash> path = new ArrayList<>();
    inclusion(index, 0, size, path);
    return path;
  }

  private void inclusion(long index, long from, long to, List<Hash> path) throws X {
    if (to - from == 1) {
      return;
    }
    long middle = from + Ranges.split(to - from);
    if (index < middle) {
      inclusion(index, from, middle, path);
      path.add(range(middle, to));
    } else {
      inclusion(index, middle, to, path);
      path.add(range(from, middle));
    }
  }

  /**
   * What shows that the tree begins with the leaves of the smaller one of {@code earlier} leaves
   * (RFC 6962, 2.1.2); empty where that has none or as many.
   *
   * @throws IllegalArgumentException if {@code earlier} is larger than the tree
   */
  public List<Hash> consistency(long earlier) throws X {
    if (earlier < 0 || earlier > size) {
      throw new IllegalArgumentException("The earlier tree is the larger one");
    }
    List<Hash> proof = new ArrayList<>();
    if (earlier > 0 && earlier < size) {
      consistency(earlier, 0, size, true, proof);
    }
    return proof;
  }

  private void consistency(long earlier, long from, long to, boolean whole, List<Hash> proof)
      throws X {
    if (earlier == to) {
      if (!whole) {
        proof.add(range(from, to));
      }
      return;
    }
    long middle = from + Ranges.split(to - from);
    if (earlier <= middle) {
      consistency(earlier, from, middle, whole, proof);
      proof.add(range(middle, to));
    } else {
      consistency(earlier, middle, to, false, proof);
      proof.add(range(from, middle));
    }
  }

  private Hash range(long from, long to) throws X {
    long length = to - from;
    if (Ranges.isPowerOfTwo(length)) {
      return node(Ranges.height(length), from >>> Ranges.height(length));
    }
    long middle = from + Ranges.split(length);
    return hashes.node(range(from, middle), range(middle, to));
  }

  /** The node over 2^{@code height} leaves, the {@code index}-th of its kind. */
  private Hash node(int height, long index) throws X {
    int level = Math.min(height / Tile.HEIGHT, Tile.LEVELS - 1);
    if (height == level * Tile.HEIGHT) {
      return tile(level, index / Tile.WIDTH).hashes().get((int) (index % Tile.WIDTH));
    }
    // The paths of neighbours share nearly all their nodes.
    Map<Long, Hash> ofHeight = nodes.computeIfAbsent(height, h -> new HashMap<>());
    Hash known = ofHeight.get(index);
    if (known == null) {
      known = hashes.node(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
      ofHeight.put(index, known);
    }
    return known;
  }

  private Tile tile(int level, long index) throws X {
    Map<Long, Tile> ofLevel = tiles.computeIfAbsent(level, l -> new HashMap<>());
    Tile known = ofLevel.get(index);
    if (known == null) {
      known = reader.read(level, index, Tile.width(level, index, size));
      ofLevel.put(index, known);
    }
    return known;
  }
}
