package dev.cardvault.witness;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;

/** The last checkpoint signed of each log, one file each; replaced as a whole, and on disk. */
final class WitnessMemory {

  private final Path folder;

  WitnessMemory(Path folder) {
    this.folder = folder;
  }

  Optional<Checkpoint> last(String origin) throws IOException {
    Path file = file(origin);
    return Files.exists(file)
        ? Optional.of(Checkpoint.of(Note.parse(Files.readString(file))))
        : Optional.empty();
  }

  void remember(Note note, String origin) throws IOException {
    Path file = file(origin);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(note.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // The rename is durable only once the folder is.
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private Path file(String origin) {
    String name =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(origin.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(name + ".checkpoint");
  }
}
