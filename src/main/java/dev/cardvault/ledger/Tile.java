package dev.cardvault.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Up to 256 neighbouring hashes of one level of the tree (C2SP tlog-tiles): at level 0 of leaves,
 * above of full tiles of the level below.
 *
 * @param level 0 to 7
 * @param index which tile of its level
 * @param hashes 1 to 256, fewer than 256 only at the tree's right edge
 */
public record Tile(int level, long index, List<Hash> hashes) {

  /** How many hashes a full tile has. */
  public static final int WIDTH = 256;

  /** How many levels of the tree a tile spans: 2^8 is its width. */
  public static final int HEIGHT = 8;

  /** No log of ours has 2^63 leaves, so no tile lies higher. */
  public static final int LEVELS = 8;

  /** Checks that its numbers are within their ranges. */
  public Tile {
    hashes = List.copyOf(hashes);
    if (level < 0 || level >= LEVELS || index < 0 || hashes.isEmpty() || hashes.size() > WIDTH) {
      throw new IllegalArgumentException("There is no such tile");
    }
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IllegalArgumentException if {@code bytes} are not whole hashes
   */
  public static Tile of(int level, long index, byte[] bytes) {
    if (bytes.length % Hash.LENGTH != 0) {
      throw new IllegalArgumentException("A tile is made of whole hashes");
    }
    List<Hash> hashes = new ArrayList<>(bytes.length / Hash.LENGTH);
    for (int offset = 0; offset < bytes.length; offset += Hash.LENGTH) {
      hashes.add(Hash.copyOf(bytes, offset));
    }
    return new Tile(level, index, hashes);
  }

  /** Its hashes one after the other. */
  public byte[] bytes() {
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }

  /** Whether it has its 256 hashes and so never changes again. */
  public boolean isFull() {
    return hashes.size() == WIDTH;
  }

  /** How many hashes of {@code level} a tree of {@code size} leaves has. */
  public static long hashesAt(int level, long size) {
    return size >>> (HEIGHT * level);
  }

  /**
   * How many hashes the tile has in a tree of {@code size} leaves: 0 where there is none, 256 where
   * it is full.
   */
  public static int width(int level, long index, long size) {
    long before = index * WIDTH;
    return (int) Math.max(0, Math.min(WIDTH, hashesAt(level, size) - before));
  }
}
