package dev.cardvault.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Texts that lie beside these classes in the package. */
final class PackagedText {

  private PackagedText() {}

  /** The file of that name. */
  static String of(String name) {
    try (InputStream file =
        Objects.requireNonNull(PackagedText.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its lines. */
  static List<String> lines(String name) {
    return of(name).lines().toList();
  }
}
