package dev.cardvault.keys;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file with the KEKs of the local key server, readable by its owner alone (mode 0600). It is
 * replaced as a whole, so a crash leaves the old one or the new one. Several processes may share
 * it. Blocks.
 */
final class LocalKeystore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private final Path file;
  private volatile @Nullable Content content;

  LocalKeystore(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** The versions of the KEK of that name; none when it is not there. */
  SortedMap<Integer, Version> versions(String kek) throws IOException {
    Content known = content;
    if (known == null || !known.keks().containsKey(kek)) {
      known = read();
    }
    return known.keks().getOrDefault(kek, new TreeMap<>());
  }

  /** The same, after looking whether another process has changed the file. */
  SortedMap<Integer, Version> freshVersions(String kek) throws IOException {
    return read().keks().getOrDefault(kek, new TreeMap<>());
  }

  /** Replaces the versions of a KEK by what {@code change} makes of them, and has it on disk. */
  synchronized void change(String kek, UnaryOperator<SortedMap<Integer, Version>> change)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel lock =
            FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                ownerOnly());
        FileLock held = lock.lock()) {
      Map<String, SortedMap<Integer, Version>> keks = new TreeMap<>(read().keks());
      keks.put(kek, change.apply(new TreeMap<>(keks.getOrDefault(kek, new TreeMap<>()))));
      Content changed = new Content(FORMAT, keks);
      write(changed);
      content = changed;
    }
  }

  private Content read() throws IOException {
    Content found = new Content(FORMAT, Map.of());
    if (Files.exists(file)) {
      requireOwnerOnly();
      found = JSON.readValue(Files.readAllBytes(file), Content.class);
      if (found.format() != FORMAT) {
        throw new IOException("The keystore is of another format");
      }
    }
    content = found;
    return found;
  }

  private void requireOwnerOnly() throws IOException {
    Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
    if (!PosixFilePermissions.fromString("rw-------").containsAll(granted)) {
      throw new IOException("The keystore can be read by others than its owner; chmod 600 it");
    }
  }

  private void write(Content changed) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    try (FileChannel out =
        FileChannel.open(
            next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(changed));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The rename is durable only once the folder is.
    try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }

  /** The whole file. */
  @RegisterForReflection
  record Content(
      @JsonProperty("format") int format,
      @JsonProperty("keks") Map<String, SortedMap<Integer, Version>> keks) {}

  /** One version of a KEK. */
  @RegisterForReflection
  @SuppressWarnings("ArrayRecordComponent")
  record Version(
      @JsonProperty("created_at_seconds") long createdAtSeconds, @JsonProperty("key") byte[] key) {

    Instant createdAt() {
      return Instant.ofEpochSecond(createdAtSeconds);
    }

    @Override
    public String toString() {
      return "Version[redacted]";
    }
  }
}
