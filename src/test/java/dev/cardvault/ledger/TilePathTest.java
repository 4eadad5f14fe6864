package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of C2SP tlog-tiles, and what is none. */
final class TilePathTest {

  @Test
  void writesIndexesInGroupsOfThree() {
    assertEquals("0/x001/x234/067", new TilePath(0, 1_234_067, 256).text());
    assertEquals("1/000", new TilePath(1, 0, 256).text());
    assertEquals("entries/x001/000.p/112", new TilePath(TilePath.ENTRIES, 1_000, 112).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/x001/x234/067", "3/000", "entries/999.p/1", "7/x001/000.p/255"})
  void readsWhatItWrites(String path) {
    assertEquals(Optional.of(path), TilePath.parse(path).map(TilePath::text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/x000/001", "0/1", "0/0001", "8/000", "00/000", "0/000.p/0", "0/000.p/256", "0/000.p/01",
        "0/x001", "/0/000", "0/000/", "0/../000", "data/000", "entries", "0/-01", ""
      })
  void readsNothingElse(String path) {
    assertEquals(Optional.empty(), TilePath.parse(path));
  }

  @Test
  void knowsTheTilesOfTheSpecificationsExample() {
    // 70,000 leaves: 273 full tiles and one of 112; one full and one of 17; one of 1.
    assertEquals(256, Tile.width(0, 272, 70_000));
    assertEquals(112, Tile.width(0, 273, 70_000));
    assertEquals(0, Tile.width(0, 274, 70_000));
    assertEquals(256, Tile.width(1, 0, 70_000));
    assertEquals(17, Tile.width(1, 1, 70_000));
    assertEquals(1, Tile.width(2, 0, 70_000));
    assertTrue(new TilePath(2, 0, 1).text().endsWith(".p/1"));
  }
}
