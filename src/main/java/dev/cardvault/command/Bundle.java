package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip file with a list of the SHA-256 hashes of what is in it, as {@code sha256sum -c} reads it.
 * Its owner alone can read it.
 */
final class Bundle implements AutoCloseable {

  private static final String SUMS = "SHA256SUMS";

  private final Path file;
  private final ZipOutputStream zip;
  private final StringJoiner sums = new StringJoiner("\n", "", "\n");

  Bundle(Path file) {
    this.file = file;
    try {
      zip = new ZipOutputStream(Files.newOutputStream(NewFile.at(file)));
    } catch (IOException e) {
      throw unwritable();
    }
  }

  void add(String name, byte[] content) {
    put(name, content);
    sums.add(Hashes.sha256(content) + "  " + name);
  }

  /** Adds the list of hashes; nothing is added after. */
  void sealUp() {
    put(SUMS, sums.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw unwritable();
    }
  }

  private void put(String name, byte[] content) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw unwritable();
    }
  }

  private CommandFailed unwritable() {
    return new CommandFailed(ExitCode.FAILED, "This file cannot be written: " + file);
  }
}
