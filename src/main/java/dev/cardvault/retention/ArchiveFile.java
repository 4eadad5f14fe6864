package dev.cardvault.retention;

import dev.cardvault.access.TenantId;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.TreeHash;
import dev.cardvault.sequencer.ProvenEvents;
import dev.cardvault.sequencer.ProvenEvents.Numbers;
import dev.cardvault.verifier.ExportCheck;
import dev.cardvault.verifier.TamperedException;
import dev.cardvault.verifier.UndecidedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** Events with their proofs, one a line, as {@code audit-verify} reads them. */
final class ArchiveFile {

  private final Path path;

  /** One that is not there yet. */
  ArchiveFile(Path path) {
    this.path = path;
  }

  /** What was written: how many lines, and the hash of them all. */
  @SuppressWarnings("ArrayRecordComponent")
  record Written(long lines, byte[] sha256) {}

  /** Writes the events of {@code numbers}, down to the disk. */
  Written write(ProvenEvents events, TenantId tenant, Numbers numbers) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    MessageDigest sha256 = TreeHash.sha256();
    long lines;
    try (var file =
            Files.newOutputStream(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        var out =
            new BufferedWriter(
                new OutputStreamWriter(
                    new DigestOutputStream(file, sha256), StandardCharsets.UTF_8),
                1 << 20)) {
      lines = events.write(tenant, numbers, out, written -> {});
    }
    return new Written(lines, sha256.digest());
  }

  /** Reads it again, as an assessor would. */
  void verify(List<NoteKey> keys, long lines) throws IOException {
    try {
      long good = new ExportCheck(path, keys, done -> {}).check().leaves();
      if (good != lines) {
        throw new IOException("It has %d lines, not %d".formatted(good, lines));
      }
    } catch (TamperedException | UndecidedException bad) {
      throw new IOException("It does not hold: " + bad.getMessage(), bad);
    }
  }

  long size() throws IOException {
    return Files.size(path);
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
