package dev.cardvault.card;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Issuer prefixes and legal lengths, read once from {@code card-brands.tsv}. The longest matching
 * prefix decides.
 */
final class BrandTable {

  static final BrandTable INSTANCE = read();

  private static final int MAX_PREFIX = 8;

  private final Map<Integer, Map<Long, CardBrand>> byPrefixLength = new HashMap<>();
  private final Map<CardBrand, Set<Integer>> lengths = new EnumMap<>(CardBrand.class);

  private BrandTable() {}

  CardBrand brandOf(byte[] digits, int length) {
    CardBrand found = CardBrand.UNKNOWN;
    long prefix = 0;
    for (int i = 0; i < Math.min(length, MAX_PREFIX); i++) {
      prefix = prefix * 10 + (digits[i] - '0');
      CardBrand match = byPrefixLength.getOrDefault(i + 1, Map.of()).get(prefix);
      if (match != null) {
        found = match;
      }
    }
    return found;
  }

  Set<Integer> lengthsOf(CardBrand brand) {
    return lengths.getOrDefault(brand, Set.of());
  }

  private static BrandTable read() {
    BrandTable table = new BrandTable();
    try (InputStream in = BrandTable.class.getResourceAsStream("card-brands.tsv")) {
      if (in == null) {
        throw new IllegalStateException("card-brands.tsv is missing from this build");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("brand\t"))
          .forEach(table::addRow);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addRow(String line) {
    String[] columns = line.split("\t");
    CardBrand brand = CardBrand.valueOf(columns[0].toUpperCase(Locale.ROOT));
    for (String range : columns[1].split(",")) {
      addRange(brand, range);
    }
    lengths.put(
        brand,
        Stream.of(columns[2].split(","))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private void addRange(CardBrand brand, String range) {
    String[] ends = range.split("-");
    String first = ends[0];
    String last = ends[ends.length - 1];
    Map<Long, CardBrand> prefixes =
        byPrefixLength.computeIfAbsent(first.length(), n -> new HashMap<>());
    for (long prefix = Long.parseLong(first); prefix <= Long.parseLong(last); prefix++) {
      prefixes.put(prefix, brand);
    }
  }
}
