package dev.cardvault.ledger;

/**
 * Where the tiles of a tree come from.
 *
 * @param <X> what goes wrong where they are kept
 */
@FunctionalInterface
public interface TileReader<X extends Exception> {

  /**
   * A tile with at least its first {@code width} hashes.
   *
   * @param level of the tile
   * @param index of the tile
   * @param width how many hashes are needed, 1 to 256
   * @throws X if it is not to be had
   */
  Tile read(int level, long index, int width) throws X;
}
