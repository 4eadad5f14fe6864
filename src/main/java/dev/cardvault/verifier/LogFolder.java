package dev.cardvault.verifier;

import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A log as files, laid out as C2SP tlog-tiles lays it out in addresses:
 *
 * <pre>
 * checkpoint          the newest
 * checkpoints         all of them, one after the other
 * key                 public keys, one a line
 * tile/0/x001/234     hashes; tile/entries/x001/234 the leaves
 * words.ndjson        what the leaves commit to, and the rows they were made from
 * anchors/            what was kept outside: files of checkpoints, or lines of a system log
 * </pre>
 */
final class LogFolder {

  private final Path folder;

  LogFolder(Path folder) {
    this.folder = folder;
  }

  /** The keys that came with it, which prove nothing about who made it. */
  List<NoteKey> keys() throws UndecidedException {
    return readKeys(folder.resolve("key"));
  }

  static List<NoteKey> readKeys(Path file) throws UndecidedException {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank())
          .map(NoteKey::parse)
          .toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new UndecidedException("no keys can be read from " + file.getFileName(), e);
    }
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  Optional<Path> words() {
    Path file = folder.resolve("words.ndjson");
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  /** The newest checkpoint. */
  Note checkpoint() throws UndecidedException {
    try {
      return Note.parse(Files.readString(folder.resolve("checkpoint")));
    } catch (IOException | IllegalArgumentException e) {
      throw new UndecidedException("there is no checkpoint that can be read", e);
    }
  }

  /** The files of what was kept outside. */
  List<Path> anchors() throws UndecidedException {
    Path anchors = folder.resolve("anchors");
    if (!Files.isDirectory(anchors)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(anchors)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UndecidedException("the anchors cannot be read", e);
    }
  }

  /**
   * A tile or bundle, of that width or of another where there is no such one; nothing where there
   * is none at all.
   */
  Optional<byte[]> read(int level, long index, int width) throws IOException {
    List<Integer> widths = new ArrayList<>(List.of(width, Tile.WIDTH));
    for (int wanted : widths) {
      Optional<byte[]> found = read(new TilePath(level, index, Math.max(1, wanted)));
      if (found.isPresent()) {
        return found;
      }
    }
    return read(widest(new TilePath(level, index, 1)));
  }

  private TilePath widest(TilePath partial) throws IOException {
    Path parent = file(partial).getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return partial;
    }
    try (Stream<Path> files = Files.list(parent)) {
      int widest =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("[1-9][0-9]{0,2}"))
              .mapToInt(Integer::parseInt)
              .filter(width -> width < Tile.WIDTH)
              .max()
              .orElse(1);
      return new TilePath(partial.level(), partial.index(), widest);
    }
  }

  private Optional<byte[]> read(TilePath path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file(path)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private Path file(TilePath path) {
    return folder.resolve("tile").resolve(path.text());
  }
}
