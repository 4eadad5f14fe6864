package dev.cardvault.ledger;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Up to 256 neighbouring leaves, each after its length in two bytes (C2SP tlog-tiles, log entries).
 * No leaf is empty: an entry of length 0 stands for one that the reader may not see and of which
 * the tile has the hash.
 */
public final class EntryBundle {

  /** In place of a leaf that is not shown. */
  public static final byte[] HIDDEN = {};

  private static final int BYTE = 0xff;

  private EntryBundle() {}

  /** The leaves one after the other. */
  public static byte[] write(List<byte[]> leaves) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] leaf : leaves) {
      bundle.write(leaf.length >>> Byte.SIZE);
      bundle.write(leaf.length);
      bundle.writeBytes(leaf);
    }
    return bundle.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is cut off
   */
  public static List<byte[]> read(byte[] bundle) {
    List<byte[]> leaves = new ArrayList<>(Tile.WIDTH);
    int at = 0;
    while (at < bundle.length) {
      int from = at + 2;
      int length =
          from > bundle.length ? 0 : (bundle[at] & BYTE) << Byte.SIZE | bundle[at + 1] & BYTE;
      if (from + length > bundle.length) {
        throw new IllegalArgumentException("The bundle is cut off");
      }
      leaves.add(Arrays.copyOfRange(bundle, from, from + length));
      at = from + length;
    }
    return leaves;
  }
}
