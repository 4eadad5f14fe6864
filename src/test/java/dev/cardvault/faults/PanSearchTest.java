package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search that finds nothing is worth something only if it would find something. */
final class PanSearchTest {

  private static final String NUMBER = "4111117391846205";

  private final PanSearch search = new PanSearch();

  PanSearchTest() {
    search.add("planted", NUMBER);
  }

  @Test
  void findsPlainText() {
    assertTrue(search.in("x" + NUMBER + "x").contains("planted as ASCII"));
    assertTrue(search.in(NUMBER).contains("planted as ASCII"));
  }

  @Test
  void findsUtf16OfBothOrders() {
    byte[] big = NUMBER.getBytes(StandardCharsets.UTF_16BE);
    byte[] little = NUMBER.getBytes(StandardCharsets.UTF_16LE);
    assertTrue(search.in(big).contains("planted as UTF-16BE"));
    assertTrue(search.in(little).contains("planted as UTF-16LE"));
  }

  @Test
  void findsBase64WhateverStandsBefore() {
    for (String before : new String[] {"", "{", "{\"", "{\"n", "card="}) {
      String encoded =
          Base64.getEncoder()
              .encodeToString((before + NUMBER + "\"}").getBytes(StandardCharsets.UTF_8));
      assertEquals(Set.of("planted as base64"), search.in(encoded), before);
    }
  }

  @Test
  void findsHexPackedReversedAndSplit() {
    byte[] ascii = NUMBER.getBytes(StandardCharsets.US_ASCII);
    assertTrue(search.in(HexFormat.of().formatHex(ascii)).contains("planted as hex"));
    assertTrue(search.in(HexFormat.of().parseHex(NUMBER)).contains("planted as packed"));
    String reversed = new StringBuilder(NUMBER).reverse().toString();
    assertTrue(search.in(reversed).contains("planted as reversed"));
    String split = NUMBER.substring(0, 6) + "\",\"" + NUMBER.substring(6);
    assertEquals(Set.of("planted as its last ten"), search.in(split));
  }

  @Test
  void findsWhatLiesAcrossTwoChunksOfAFile(@TempDir Path folder) throws IOException {
    for (int before = (1 << 20) - 20; before < (1 << 20) + 4; before++) {
      Path file = folder.resolve("file");
      Files.writeString(file, "-".repeat(before) + NUMBER + "-".repeat(30));
      assertTrue(search.in(folder).contains("planted as ASCII"), "at " + before);
    }
  }

  @Test
  void findsNothingInAMaskedNumber() {
    assertEquals(Set.of(), search.in("411111******6205 0555555555556205"));
  }
}
