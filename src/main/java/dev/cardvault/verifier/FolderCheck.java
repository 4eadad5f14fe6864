package dev.cardvault.verifier;

import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.Tile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a folder from its first leaf to its last: every leaf against its hash, its place, its
 * tenant's numbers and its time; every tile against those below; the tree against every signed
 * checkpoint and anchor. Memory does not grow with the log.
 */
public final class FolderCheck {

  private static final int BUNDLES_AHEAD = 8;

  private final LogFolder folder;
  private final TrustedKeys keys;
  private final List<Path> anchors;
  private final LongConsumer progress;
  private final GrowingTree tree = new GrowingTree();
  private final LeafOrder order = new LeafOrder(true);
  private final List<SignedSizes> signed = new ArrayList<>();
  private @Nullable WordsCheck words;
  private long hidden;

  /**
   * A check of {@code folder}.
   *
   * @param trusted keys known beforehand; those of the folder when there are none
   * @param anchors files of checkpoints that were kept elsewhere, beside the folder's own
   * @param progress is told now and then how many leaves are done
   * @throws UndecidedException if no keys are to be had
   */
  public FolderCheck(Path folder, List<NoteKey> trusted, List<Path> anchors, LongConsumer progress)
      throws UndecidedException {
    this.folder = new LogFolder(folder);
    this.keys = new TrustedKeys(trusted.isEmpty() ? this.folder.keys() : trusted);
    this.anchors = new ArrayList<>(anchors);
    this.progress = progress;
  }

  /**
   * Checks everything.
   *
   * @throws TamperedException at the first leaf that cannot be believed
   * @throws UndecidedException if something needed is missing or unreadable
   */
  public Verdict check() throws TamperedException, UndecidedException {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            work -> {
              Thread thread = new Thread(work, "reader");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Checkpoint newest = keys.checked(folder.checkpoint(), 0, "the newest checkpoint");
      open();
      agree();
      walk(readers, newest.size());
      end(newest);
      long anchored = signed.stream().skip(1).mapToLong(SignedSizes::count).sum();
      return new Verdict(
          tree.size(), hidden, words == null ? 0 : words.count(), signed.get(0).count(), anchored);
    } catch (IOException e) {
      throw new UndecidedException("the folder cannot be read", e);
    } finally {
      readers.shutdownNow();
      close();
    }
  }

  private void open() throws UndecidedException, TamperedException {
    signed.add(new SignedSizes(folder.checkpoints(), "the checkpoint", keys));
    anchors.addAll(folder.anchors());
    for (Path anchor : anchors) {
      signed.add(new SignedSizes(anchor, "the anchor " + anchor.getFileName(), keys));
    }
    Optional<Path> file = folder.words();
    words = file.isPresent() ? new WordsCheck(file.get()) : null;
  }

  private void walk(ExecutorService readers, long size)
      throws IOException, TamperedException, UndecidedException {
    Queue<Future<List<ReadLeaf>>> ahead = new ArrayDeque<>();
    long bundles = (size + Tile.WIDTH - 1) / Tile.WIDTH;
    long asked = 0;
    for (long bundle = 0; bundle < bundles; bundle++) {
      while (asked < bundles && ahead.size() < BUNDLES_AHEAD) {
        long next = asked++;
        ahead.add(readers.submit(() -> ReadLeaf.bundle(folder, next, Tile.width(0, next, size))));
      }
      List<ReadLeaf> leaves = done(ahead.remove());
      for (ReadLeaf leaf : leaves) {
        take(leaf);
      }
      checkTiles();
      progress.accept(tree.size());
      if (leaves.size() < Tile.width(0, bundle, size)) {
        return;
      }
    }
  }

  private static List<ReadLeaf> done(Future<List<ReadLeaf>> reading) throws UndecidedException {
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UndecidedException("interrupted", e);
    } catch (ExecutionException e) {
      throw new UndecidedException("a bundle cannot be read", e);
    }
  }

  private void take(ReadLeaf read) throws TamperedException, UndecidedException {
    long index = tree.size();
    if (read.wrong() != null) {
      throw new TamperedException(index, read.wrong());
    }
    AuditLeaf leaf = read.leaf();
    if (leaf == null) {
      hidden++;
    } else {
      order.next(index, leaf);
      if (words != null) {
        words.look(leaf);
      }
    }
    tree.append(read.hash());
    agree();
  }

  private void agree() throws TamperedException, UndecidedException {
    for (SignedSizes sizes : signed) {
      if (sizes.nextSize() == tree.size()) {
        sizes.agree(tree.size(), tree.root());
      }
    }
  }

  /** Tiles of leaves were looked at with the leaves; these are the ones above. */
  private void checkTiles() throws IOException, TamperedException {
    for (GrowingTree.Full full : tree.takeFull()) {
      Tile tile = full.tile();
      if (tile.level() > 0) {
        byte[] stored = folder.read(tile.level(), tile.index(), Tile.WIDTH).orElse(null);
        if (stored == null || !Arrays.equals(stored, tile.bytes())) {
          throw new TamperedException(
              tile.index() << (Tile.HEIGHT * (tile.level() + 1)),
              "tile %d/%d is not made of the ones below it".formatted(tile.level(), tile.index()));
        }
      }
    }
  }

  private void end(Checkpoint newest) throws TamperedException {
    if (tree.size() < newest.size()) {
      throw new TamperedException(
          tree.size(),
          "the leaf is missing: the newest checkpoint says that there are " + newest.size());
    }
    for (SignedSizes sizes : signed) {
      sizes.end(tree.size());
    }
    if (!tree.root().equals(newest.root())) {
      throw new TamperedException(
          signed.get(0).agreed(), "the newest checkpoint has another root: history forked");
    }
    if (words != null) {
      words.end();
    }
  }

  private void close() throws UndecidedException {
    try {
      for (SignedSizes sizes : signed) {
        sizes.close();
      }
      if (words != null) {
        words.close();
      }
    } catch (IOException e) {
      throw new UndecidedException("the folder cannot be read", e);
    }
  }
}
