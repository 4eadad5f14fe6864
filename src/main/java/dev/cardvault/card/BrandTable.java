package dev.cardvault.card;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Issuer prefixes and legal lengths, read once from {@code card-brands.tsv}. The longest matching
 * prefix decides; where two rows share one, the narrower range does, being cut out of the wider
 * one.
 */
final class BrandTable {

  static final BrandTable INSTANCE = read();

  private final List<PrefixRange> mostSpecificFirst;
  private final Map<CardBrand, Set<Integer>> lengths;
  private final Map<CardBrand, Integer> codeLengths;

  private BrandTable(
      List<PrefixRange> ranges,
      Map<CardBrand, Set<Integer>> lengths,
      Map<CardBrand, Integer> codeLengths) {
    this.mostSpecificFirst =
        ranges.stream()
            .sorted(
                Comparator.comparingInt(PrefixRange::length)
                    .reversed()
                    .thenComparingInt(PrefixRange::width))
            .toList();
    this.lengths = lengths;
    this.codeLengths = codeLengths;
  }

  CardBrand brandOf(byte[] digits, int length) {
    for (PrefixRange range : mostSpecificFirst) {
      if (range.begins(digits, length)) {
        return range.brand();
      }
    }
    return CardBrand.UNKNOWN;
  }

  /** The brand that more digits cannot change; empty while they still can. */
  Optional<CardBrand> decidedBy(byte[] digits, int length) {
    CardBrand soFar = brandOf(digits, length);
    boolean open =
        mostSpecificFirst.stream()
            .anyMatch(range -> range.brand() != soFar && range.mayBegin(digits, length));
    return open ? Optional.empty() : Optional.of(soFar);
  }

  /** How many digits the brand's security codes have, 3 or 4; empty where that is not known. */
  Optional<Integer> codeLengthOf(CardBrand brand) {
    return Optional.ofNullable(codeLengths.get(brand));
  }

  Set<Integer> lengthsOf(CardBrand brand) {
    return lengths.getOrDefault(brand, Set.of());
  }

  private static BrandTable read() {
    List<PrefixRange> ranges = new ArrayList<>();
    Map<CardBrand, Set<Integer>> lengths = new EnumMap<>(CardBrand.class);
    Map<CardBrand, Integer> codeLengths = new EnumMap<>(CardBrand.class);
    for (String[] row : rows()) {
      CardBrand brand = CardBrand.valueOf(row[0].toUpperCase(Locale.ROOT));
      Stream.of(row[1].split(",")).forEach(text -> ranges.add(PrefixRange.of(brand, text)));
      lengths.put(
          brand,
          Stream.of(row[2].split(","))
              .map(Integer::valueOf)
              .collect(Collectors.toCollection(TreeSet::new)));
      codeLengths.put(brand, Integer.valueOf(row[3]));
    }
    return new BrandTable(ranges, lengths, codeLengths);
  }

  private static List<String[]> rows() {
    try (InputStream in = BrandTable.class.getResourceAsStream("card-brands.tsv")) {
      if (in == null) {
        throw new IllegalStateException("card-brands.tsv is missing from this build");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("brand\t"))
          .map(line -> line.split("\t"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Prefixes of one brand.
   *
   * @param length how many digits each has
   * @param first the lowest
   * @param last the highest, included
   */
  private record PrefixRange(CardBrand brand, int length, int first, int last) {

    /** The range that {@code text} tells, a prefix or two joined by a dash. */
    static PrefixRange of(CardBrand brand, String text) {
      String[] ends = text.split("-");
      return new PrefixRange(
          brand,
          ends[0].length(),
          Integer.parseInt(ends[0]),
          Integer.parseInt(ends[ends.length - 1]));
    }

    int width() {
      return last - first;
    }

    boolean begins(byte[] digits, int count) {
      if (count < length) {
        return false;
      }
      int prefix = number(digits, length);
      return first <= prefix && prefix <= last;
    }

    /** Whether fewer digits than its prefixes have may yet grow into one of them. */
    boolean mayBegin(byte[] digits, int count) {
      if (count >= length) {
        return false;
      }
      int least = number(digits, count);
      int most = least;
      for (int i = count; i < length; i++) {
        least *= 10;
        most = most * 10 + 9;
      }
      return first <= most && least <= last;
    }

    private static int number(byte[] digits, int count) {
      int number = 0;
      for (int i = 0; i < count; i++) {
        number = number * 10 + digits[i] - '0';
      }
      return number;
    }
  }
}
