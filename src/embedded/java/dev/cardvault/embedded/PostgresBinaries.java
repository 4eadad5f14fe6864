package dev.cardvault.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Postgres' programs, unpacked from the class path into a folder that nobody else can write. */
final class PostgresBinaries {

  /** The pinned release; see the pom. A new one is unpacked beside the old. */
  static final String VERSION = "17.6.0";

  private static final int OWNER_MAY_RUN = 0100;

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /** The programs under {@code home}, unpacked if this is the first time. */
  static PostgresBinaries in(Path home) {
    try {
      if (!Files.isDirectory(home)) {
        unpackInto(home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program of that name. */
  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Unpacks beside {@code home} and renames: a kill half-way leaves no half-filled folder. */
  private static void unpackInto(Path home) throws IOException {
    Path unpacked = Files.createTempDirectory(home.toAbsolutePath().getParent(), ".unpacking");
    try (InputStream archive =
            DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), arch());
        TarArchiveInputStream entries =
            new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        unpack(entry, entries, unpacked);
      }
    }
    Files.move(unpacked, home, ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path target = root.resolve(entry.getName()).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("The archive of Postgres' programs leaves its folder");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, root.resolve(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean program = (entry.getMode() & OWNER_MAY_RUN) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "Darwin";
    }
    return name.startsWith("windows") ? "Windows" : "Linux";
  }

  private static String arch() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }
}
