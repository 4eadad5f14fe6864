package dev.cardvault.verifier;

import dev.cardvault.ledger.EntryBundle;
import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TilePath;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a log as the folder that {@link FolderCheck} reads; see there for how it is laid out. */
public final class LogFolderWriter implements AutoCloseable {

  private final Path folder;
  private final GrowingTree tree = new GrowingTree();
  private final List<byte[]> entries = new ArrayList<>();
  private final List<Hash> hashes = new ArrayList<>();
  private final List<List<Hash>> above = new ArrayList<>();
  private final BufferedWriter checkpoints;
  private final BufferedWriter words;

  /**
   * Begins in a folder that is made now.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there
   */
  public LogFolderWriter(Path folder) throws IOException {
    this.folder = folder;
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(folder);
    Files.createDirectory(folder.resolve("anchors"));
    checkpoints = Files.newBufferedWriter(folder.resolve("checkpoints"));
    words = Files.newBufferedWriter(folder.resolve("words.ndjson"));
  }

  /** Writes the log's public keys. */
  public void keys(List<NoteKey> keys) throws IOException {
    Files.writeString(
        folder.resolve("key"),
        keys.stream().map(NoteKey::text).collect(Collectors.joining("\n", "", "\n")));
  }

  /** Adds a leaf, or {@link EntryBundle#HIDDEN} in its place. */
  public void append(Hash hash, byte[] entry) throws IOException {
    tree.append(hash);
    hashes.add(hash);
    entries.add(entry);
    if (entries.size() == Tile.WIDTH) {
      writeBundle();
    }
    for (GrowingTree.Full full : tree.takeFull()) {
      Tile tile = full.tile();
      if (tile.level() > 0) {
        write(new TilePath(tile.level(), tile.index(), Tile.WIDTH), tile.bytes());
        above.get(tile.level() - 1).clear();
      }
      while (above.size() <= tile.level()) {
        above.add(new ArrayList<>());
      }
      above.get(tile.level()).add(full.root());
    }
  }

  /** The tree of the leaves so far. */
  public GrowingTree tree() {
    return tree;
  }

  /** Adds a checkpoint, older ones first. */
  public void checkpoint(Note note) throws IOException {
    checkpoints.write(note.toString());
  }

  /** Adds a line about a leaf's words and row. */
  public void words(String line) throws IOException {
    words.write(line);
    words.write('\n');
  }

  /** Adds what was kept outside, as a file of that name. */
  public void anchor(String name, List<Note> notes) throws IOException {
    Files.writeString(
        folder.resolve("anchors").resolve(name),
        notes.stream().map(Note::toString).collect(Collectors.joining()));
  }

  /** Writes the newest checkpoint and the tiles that are not full. */
  public void finish(Note newest) throws IOException {
    Files.writeString(folder.resolve("checkpoint"), newest.toString());
    if (!entries.isEmpty()) {
      writeBundle();
    }
    for (int level = 1; level <= above.size(); level++) {
      List<Hash> partial = above.get(level - 1);
      if (!partial.isEmpty()) {
        long index = Tile.hashesAt(level, tree.size()) / Tile.WIDTH;
        write(new TilePath(level, index, partial.size()), new Tile(level, index, partial).bytes());
      }
    }
  }

  private void writeBundle() throws IOException {
    long index = (tree.size() - 1) / Tile.WIDTH;
    write(new TilePath(TilePath.ENTRIES, index, entries.size()), EntryBundle.write(entries));
    write(new TilePath(0, index, hashes.size()), new Tile(0, index, hashes).bytes());
    entries.clear();
    hashes.clear();
  }

  private void write(TilePath path, byte[] bytes) throws IOException {
    Path file = folder.resolve("tile").resolve(path.text());
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Override
  public void close() throws IOException {
    checkpoints.close();
    words.close();
  }
}
