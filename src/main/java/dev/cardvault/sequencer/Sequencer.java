package dev.cardvault.sequencer;

import dev.cardvault.anchor.Anchors;
import dev.cardvault.database.Node;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.TreeHash;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives committed events their places in the log, thousands in one transaction. Every node runs
 * one; the one whose lease is in the database works, the others look once a second whether it still
 * does. Each write names the epoch of its lease, so a node that slept through the loss of it can
 * change nothing (a fencing token).
 */
@ApplicationScoped
public class Sequencer {

  private static final Logger LOG = Logger.getLogger(Sequencer.class);
  private static final long STAND_BY_MILLIS = 500;

  private final RoleDatabase database;
  private final SequencerConfig config;
  private final Anchors anchors;
  private final Node node;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile @Nullable Turn turn;

  /** Works on {@code database}. */
  Sequencer(
      RoleDatabase database, SequencerConfig config, Anchors anchors, Node node, Clock clock) {
    this.database = database;
    this.config = config;
    this.anchors = anchors;
    this.node = node;
    this.clock = clock;
  }

  /** Whether it is this node's turn. */
  public boolean isActive() {
    return turn != null;
  }

  /** The log as this node has made it; nothing when it is not its turn. */
  Optional<LogHead> head() {
    Turn mine = turn;
    return mine == null ? Optional.empty() : Optional.of(mine.head);
  }

  void start(@Observes StartupEvent started) {
    if (config.sequencer()) {
      Thread worker = new Thread(this::run, "audit-sequencer");
      worker.setDaemon(true);
      worker.start();
      thread = worker;
    }
  }

  void stop(@Observes ShutdownEvent ended) throws InterruptedException {
    stopping.countDown();
    Thread worker = thread;
    if (worker != null) {
      worker.join(config.lease().toMillis());
    }
  }

  private void run() {
    boolean more = true;
    while (more || !paused(isActive() ? config.poll().toMillis() : STAND_BY_MILLIS)) {
      try {
        more = stopping.getCount() > 0 && step();
      } catch (HeadStore.Deposed deposed) {
        LOG.warn("Another node sequences the audit log now");
        turn = null;
        more = false;
      } catch (SQLException | RuntimeException failed) {
        // Whether the last commit took place is unknown: the next turn begins by looking.
        LOG.warnf("Sequencing the audit log was interrupted: %s", describe(failed));
        turn = null;
        more = false;
      }
    }
    giveBack();
  }

  private boolean paused(long millis) {
    try {
      return stopping.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Whether there is more to do at once. */
  private boolean step() throws SQLException {
    Turn mine = turn;
    if (mine == null) {
      mine = database.inTransaction(Role.SEQUENCER, this::takeTurn).orElse(null);
      turn = mine;
      return mine != null;
    }
    Turn before = mine;
    Turn after = database.inTransaction(Role.SEQUENCER, connection -> append(connection, before));
    turn = after;
    return after.more;
  }

  private Optional<Turn> takeTurn(Connection connection) throws SQLException {
    LogHead head = HeadStore.read(connection);
    if (!head.free() || head.halted() != null) {
      return Optional.empty();
    }
    Optional<String> wrong = LogCheck.contradiction(connection, config, anchors);
    if (wrong.isPresent()) {
      LOG.errorf("The audit log contradicts itself: %s. Nothing is served.", wrong.get());
      HeadStore.halt(connection, wrong.get());
      return Optional.empty();
    }
    GrowingTree tree = GrowingTree.load(head.size(), LeafStore.tiles(connection));
    OptionalLong epoch = HeadStore.take(connection, head, node.name(), config.lease());
    if (epoch.isEmpty()) {
      return Optional.empty();
    }
    LOG.infof(
        "This node sequences the audit log: epoch %d, from %d on", epoch.getAsLong(), head.size());
    return Optional.of(
        new Turn(in(head, epoch.getAsLong()), tree, new HashMap<>(), true, System.nanoTime()));
  }

  private static LogHead in(LogHead head, long epoch) {
    return new LogHead(
        head.logId(),
        head.size(),
        head.root(),
        head.sequencedAt(),
        head.nextTx(),
        epoch,
        false,
        null);
  }

  private Turn append(Connection connection, Turn mine) throws SQLException {
    LogHead head = mine.head;
    EventSource.Batch batch = EventSource.next(connection, head, config.together());
    if (batch.events().isEmpty()) {
      long heldAt = hold(connection, mine);
      LogHead same = at(head, mine.tree, head.sequencedAt(), batch.nextTx());
      return new Turn(same, mine.tree, mine.numbers, false, heldAt);
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant sequencedAt = now.isBefore(head.sequencedAt()) ? head.sequencedAt() : now;
    GrowingTree tree = mine.tree.copy();
    Map<UUID, Long> numbers = new HashMap<>(mine.numbers);
    TreeHash hashes = new TreeHash();
    List<PlacedLeaf> leaves = new ArrayList<>(batch.events().size());
    for (PendingEvent event : batch.events()) {
      long number = 1 + lastNumber(connection, numbers, event.tenant());
      numbers.put(event.tenant(), number);
      PlacedLeaf leaf = PlacedLeaf.of(event, tree.size(), number, sequencedAt);
      tree.append(hashes.leaf(leaf.bytes()));
      leaves.add(leaf);
    }
    HeadStore.grow(
        connection, head.size(), tree, sequencedAt, batch.nextTx(), head.epoch(), config.lease());
    LeafStore.add(connection, head.size(), leaves);
    LeafStore.add(connection, tree.takeFull());
    LogHead grown = at(head, tree, sequencedAt, batch.nextTx());
    return new Turn(grown, tree, numbers, batch.more(), System.nanoTime());
  }

  /** Lengthens an idle lease now and then: each time is a commit. */
  private long hold(Connection connection, Turn mine) throws SQLException {
    if (System.nanoTime() - mine.heldAt < config.lease().toNanos() / 4) {
      return mine.heldAt;
    }
    HeadStore.hold(connection, mine.head.epoch(), config.lease());
    return System.nanoTime();
  }

  private static long lastNumber(Connection connection, Map<UUID, Long> numbers, UUID tenant)
      throws SQLException {
    Long last = numbers.get(tenant);
    return last == null ? LeafStore.lastNumber(connection, tenant) : last;
  }

  private static LogHead at(LogHead head, GrowingTree tree, Instant sequencedAt, String nextTx) {
    return new LogHead(
        head.logId(), tree.size(), tree.root(), sequencedAt, nextTx, head.epoch(), false, null);
  }

  private void giveBack() {
    Turn mine = turn;
    turn = null;
    if (mine != null) {
      try {
        database.inTransaction(
            Role.SEQUENCER,
            connection -> {
              HeadStore.release(connection, mine.head.epoch());
              return true;
            });
      } catch (SQLException e) {
        LOG.debug("The lease on the audit log runs out by itself");
      }
    }
  }

  private static String describe(Exception failed) {
    return failed instanceof SQLException sql
        ? "SQLSTATE " + sql.getSQLState()
        : failed.getClass().getSimpleName();
  }

  /**
   * One node's time at the log: what it knows of it without asking.
   *
   * @param head the log as it is
   * @param tree its right edge
   * @param numbers the last number of each tenant it has met
   * @param more whether more events are waiting
   * @param heldAt when the lease was lengthened last, by the JVM's own clock
   */
  private record Turn(
      LogHead head, GrowingTree tree, Map<UUID, Long> numbers, boolean more, long heldAt) {}
}
