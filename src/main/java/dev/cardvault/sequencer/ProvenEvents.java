package dev.cardvault.sequencer;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.ProvenEvent;
import dev.cardvault.ledger.TlogProof;
import dev.cardvault.ledger.Tree;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A tenant's own events, each with what shows that it is in the log. Blocks: not for an event loop.
 */
@ApplicationScoped
public class ProvenEvents {

  private static final int PAGE = 500;

  private final RoleDatabase database;
  private final TenantDatabase tenants;

  /** Reads leaves as {@code tenants}, and the tree over them from {@code database}. */
  public ProvenEvents(RoleDatabase database, TenantDatabase tenants) {
    this.database = database;
    this.tenants = tenants;
  }

  /**
   * Numbers without a gap, and the signed tree that has them all.
   *
   * @param first the lowest
   * @param last the highest
   * @param checkpoint the tree
   */
  public record Numbers(long first, long last, Note checkpoint) {}

  /**
   * The numbers from the first to the last of the tenant's events of a time. Numbers have no gaps
   * and times need not rise with them, so a few events from just before or after may be among them.
   *
   * @param from events at or after, to the millisecond
   * @param to and before
   * @return nothing when there is no such event
   * @throws ProblemException {@code audit-unavailable} when one of them has no place in a signed
   *     log yet, which takes a second or two
   */
  public Optional<Numbers> numbers(TenantId tenant, Instant from, Instant to) {
    Optional<LeafStore.Span> span =
        tenants.inTransaction(
            tenant,
            connection -> {
              if (EventSource.isWaiting(connection, HeadStore.read(connection), from, to)) {
                throw notYet();
              }
              return LeafStore.span(connection, from, to);
            });
    if (span.isEmpty()) {
      return Optional.empty();
    }
    Note newest = newest();
    if (Checkpoint.of(newest).size() <= span.get().lastIndex()) {
      throw notYet();
    }
    return Optional.of(new Numbers(span.get().first(), span.get().last(), newest));
  }

  /**
   * Writes the tenant's events of {@code numbers}, each with its proof, one a line as {@code
   * audit-verify} reads them: a page in memory, never more.
   *
   * @param progress is told how many are written
   * @return how many there were
   * @throws ProblemException {@code audit-unavailable} when a leaf is missing
   */
  public long write(TenantId tenant, Numbers numbers, Writer out, LongConsumer progress)
      throws IOException {
    long next = numbers.first();
    while (next <= numbers.last()) {
      List<ProvenEvent> page = page(tenant, numbers, next);
      if (page.isEmpty()) {
        throw ProblemException.of(ProblemCode.AUDIT_UNAVAILABLE, "An event's leaf is missing");
      }
      for (ProvenEvent event : page) {
        out.write(event.line());
        out.write('\n');
      }
      next += page.size();
      progress.accept(next - numbers.first());
    }
    return next - numbers.first();
  }

  private List<ProvenEvent> page(TenantId tenant, Numbers numbers, long from) {
    int most = (int) Math.min(PAGE, numbers.last() - from + 1);
    return prove(
        numbers.checkpoint(),
        tenants.inTransaction(tenant, connection -> LeafStore.numbered(connection, from, most)));
  }

  /** The newest checkpoint, under which most can be proven. */
  Note newest() {
    return database
        .ask(Role.SEQUENCER, CheckpointStore::newest)
        .orElseThrow(ProvenEvents::notYet)
        .note();
  }

  /** The first of {@code leaves}, as far as the tree of {@code checkpoint} reaches. */
  List<ProvenEvent> prove(Note checkpoint, List<LeafStore.Found> leaves) {
    return database.ask(
        Role.SEQUENCER,
        connection -> {
          List<ProvenEvent> proven = new ArrayList<>(leaves.size());
          Tree<SQLException> tree =
              new Tree<>(Checkpoint.of(checkpoint).size(), LeafStore.tiles(connection));
          for (LeafStore.Found leaf : leaves) {
            if (leaf.index() >= tree.size()) {
              break;
            }
            TlogProof proof =
                new TlogProof(leaf.leaf(), leaf.index(), tree.inclusion(leaf.index()), checkpoint);
            proven.add(new ProvenEvent(proof, new TreeMap<>(leaf.words())));
          }
          return proven;
        });
  }

  /** Of an event that is written, and has no place in a signed log so far. */
  static ProblemException notYet() {
    return ProblemException.of(ProblemCode.AUDIT_UNAVAILABLE).retryAfter(Duration.ofSeconds(2));
  }
}
