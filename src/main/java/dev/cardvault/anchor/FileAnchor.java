package dev.cardvault.anchor;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file to which checkpoints are appended, one after the other, each on disk before the next. */
final class FileAnchor implements Anchor {

  private static final int TAIL = 16 * 1_024;
  private static final int LINES = 3;

  private final Path file;

  FileAnchor(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public Note keep(Note checkpoint, History history) throws IOException, ContradictionException {
    Checkpoint now = Checkpoint.of(checkpoint);
    Optional<Checkpoint> before = newest(now.origin());
    if (before.isPresent() && before.get().size() > now.size()) {
      throw new ContradictionException("the anchor file has a checkpoint of more leaves");
    }
    if (before.isPresent() && before.get().equals(now)) {
      return checkpoint;
    }
    Files.write(
        file,
        checkpoint.toString().getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.DSYNC);
    return checkpoint;
  }

  @Override
  public Optional<Checkpoint> newest(String origin) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String tail = tail();
    int gap = tail.lastIndexOf("\n\n");
    int from = gap;
    for (int line = 0; line < LINES && from >= 0; line++) {
      from = tail.lastIndexOf('\n', from - 1);
    }
    if (gap < 0) {
      return Optional.empty();
    }
    try {
      Checkpoint last = Checkpoint.of(Note.parse(tail.substring(from + 1)));
      return last.origin().equals(origin) ? Optional.of(last) : Optional.empty();
    } catch (IllegalArgumentException broken) {
      throw new IOException("The anchor file does not end in a checkpoint", broken);
    }
  }

  private String tail() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - TAIL);
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes, from + bytes.position());
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }
}
