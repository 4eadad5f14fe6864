package dev.cardvault.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for card numbers in any bytes: as ASCII, UTF-16 of both orders, base64 at each alignment,
 * hex, packed two to a byte, reversed, and without their first six digits.
 */
final class PanSearch {

  private static final int WINDOW = 8;
  private static final int FILTER_BITS = 20;
  private static final int CHUNK = 1 << 20;

  private final Map<Long, List<Form>> forms = new HashMap<>();
  private final BitSet filter = new BitSet(1 << FILTER_BITS);
  private int longest = WINDOW;

  /** Adds a number; {@code label} tells in a finding where it had been planted. */
  void add(String label, String number) {
    byte[] ascii = ascii(number);
    add(label, "ASCII", ascii);
    add(label, "UTF-16BE", number.getBytes(StandardCharsets.UTF_16BE));
    add(label, "UTF-16LE", number.getBytes(StandardCharsets.UTF_16LE));
    add(label, "reversed", ascii(new StringBuilder(number).reverse().toString()));
    add(label, "its last ten", ascii(number.substring(6)));
    add(label, "its last ten, UTF-16LE", number.substring(6).getBytes(StandardCharsets.UTF_16LE));
    add(label, "hex", ascii(HexFormat.of().formatHex(ascii)));
    if (number.length() % 2 == 0) {
      add(label, "packed", HexFormat.of().parseHex(number));
    }
    for (int offset = 0; offset < 3; offset++) {
      // Characters that neighbours share bits with are left out, so that any neighbours match.
      String padded = Base64.getEncoder().encodeToString(ascii("\0".repeat(offset) + number));
      int from = (offset * 4 + 2) / 3;
      int to = (offset + number.length()) * 8 / 6;
      add(label, "base64", ascii(padded.substring(from, to)));
    }
  }

  private void add(String label, String form, byte[] bytes) {
    long key = window(bytes, 0);
    forms.computeIfAbsent(key, k -> new ArrayList<>()).add(new Form(label + " as " + form, bytes));
    filter.set(hash(key));
    longest = Math.max(longest, bytes.length);
  }

  /** What is found in {@code text}. */
  Set<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What is found in {@code bytes}. */
  Set<String> in(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    search(bytes, bytes.length, found);
    return found;
  }

  /** What is found in the file, or in all files of the folder. */
  Set<String> in(Path path) {
    Set<String> found = new TreeSet<>();
    try (var files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        searchFile(file, found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private void searchFile(Path file, Set<String> found) throws IOException {
    byte[] buffer = new byte[CHUNK + longest];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.readNBytes(buffer, kept, CHUNK); n > 0; ) {
        int length = kept + n;
        search(buffer, length, found);
        kept = Math.min(longest, length);
        System.arraycopy(buffer, length - kept, buffer, 0, kept);
        n = in.readNBytes(buffer, kept, CHUNK);
      }
    }
  }

  private void search(byte[] bytes, int length, Set<String> found) {
    if (length < WINDOW) {
      return;
    }
    long key = window(bytes, 0);
    for (int i = 0; ; i++) {
      if (filter.get(hash(key))) {
        for (Form form : forms.getOrDefault(key, List.of())) {
          if (form.isAt(bytes, i, length)) {
            found.add(form.name());
          }
        }
      }
      if (i + WINDOW >= length) {
        return;
      }
      key = key << 8 | bytes[i + WINDOW] & 0xff;
    }
  }

  private static long window(byte[] bytes, int from) {
    long key = 0;
    for (int i = 0; i < WINDOW; i++) {
      key = key << 8 | bytes[from + i] & 0xff;
    }
    return key;
  }

  private static int hash(long key) {
    return (int) (key * 0x9e3779b97f4a7c15L >>> 64 - FILTER_BITS);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** One way in which a number may stand somewhere. */
  private record Form(String name, byte[] bytes) {

    boolean isAt(byte[] all, int from, int length) {
      if (from + bytes.length > length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (all[from + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
