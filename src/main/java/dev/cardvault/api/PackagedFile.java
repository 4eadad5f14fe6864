package dev.cardvault.api;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Files of the package that are answered as they are. */
final class PackagedFile {

  private PackagedFile() {}

  /** The file of that name, which is relative to this class unless it begins with a slash. */
  static Buffer of(String name) {
    try (InputStream file =
        Objects.requireNonNull(PackagedFile.class.getResourceAsStream(name), name)) {
      return Buffer.buffer(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
