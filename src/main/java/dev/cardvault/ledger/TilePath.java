package dev.cardvault.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile or a bundle of entries is found below {@code tile/}: {@code <L>/<N>[.p/<W>]}, {@code
 * <N>} in groups of three digits of which all but the last begin with an x (C2SP tlog-tiles).
 *
 * @param level 0 to 7, or {@link #ENTRIES}
 * @param index which of its level
 * @param width 1 to 256; below 256 it is partial
 */
public record TilePath(int level, long index, int width) {

  /** Instead of a level: the leaves themselves. */
  public static final int ENTRIES = -1;

  private static final String ENTRIES_TEXT = "entries";
  private static final int GROUP = 1_000;

  private static final Pattern FORM =
      Pattern.compile("([0-7]|entries)/((?:x\\d{3}/){0,5}\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

  /** Checks that its numbers are within their ranges. */
  public TilePath {
    if (level < ENTRIES || level >= Tile.LEVELS || index < 0 || width < 1 || width > Tile.WIDTH) {
      throw new IllegalArgumentException("There is no such tile");
    }
  }

  /** Reads a path; nothing where it is not written as the specification asks. */
  public static Optional<TilePath> parse(String path) {
    Matcher parts = FORM.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int level = parts.group(1).equals(ENTRIES_TEXT) ? ENTRIES : Integer.parseInt(parts.group(1));
    long index = Long.parseLong(parts.group(2).replace("x", "").replace("/", ""));
    int width = parts.group(3) == null ? Tile.WIDTH : Integer.parseInt(parts.group(3));
    if (width > Tile.WIDTH || (parts.group(3) != null && width == Tile.WIDTH)) {
      return Optional.empty();
    }
    TilePath read = new TilePath(level, index, width);
    // One index is written in one way: no group of zeroes in front.
    return read.text().equals(path) ? Optional.of(read) : Optional.empty();
  }

  /** As it stands in an address, without a leading slash. */
  public String text() {
    StringBuilder text = new StringBuilder("%03d".formatted(index % GROUP));
    for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
      text.insert(0, "x%03d/".formatted(rest % GROUP));
    }
    text.insert(0, (level == ENTRIES ? ENTRIES_TEXT : Integer.toString(level)) + "/");
    return width == Tile.WIDTH ? text.toString() : text + ".p/" + width;
  }

  @Override
  public String toString() {
    return text();
  }
}
