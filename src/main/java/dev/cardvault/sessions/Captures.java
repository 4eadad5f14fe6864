package dev.cardvault.sessions;

import dev.cardvault.access.Caller;
import dev.cardvault.capture.CaptureEvent;
import dev.cardvault.capture.CaptureEvent.Type;
import dev.cardvault.capture.CaptureRules;
import dev.cardvault.capture.Command;
import dev.cardvault.capture.Field;
import dev.cardvault.capture.FieldRules;
import dev.cardvault.capture.LinkCode;
import dev.cardvault.card.CardBrand;
import dev.cardvault.database.Ids;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.ProfileStore;
import dev.cardvault.vault.TokenProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jspecify.annotations.Nullable;

/** The captures whose digits this node holds, and what may be done with them. Never blocks. */
@ApplicationScoped
public class Captures {

  /** How long keys wait for those before them. */
  private static final long GAP_SECONDS = 1;

  private static final Set<Power> WATCHERS = Set.of(Power.OBSERVE, Power.DESK);

  private final SessionTable table;
  private final CaptureIds captureIds;
  private final CaptureStore store;
  private final CaptureTrail trail;
  private final Completion completion;
  private final Leases leases;
  private final ProfileStore profiles;
  private final SessionClock clock;
  private final ManagedExecutor executor;
  private final SecureRandom random;
  private final Ids ids;

  Captures(
      SessionTable table,
      CaptureIds captureIds,
      CaptureStore store,
      CaptureTrail trail,
      Completion completion,
      Leases leases,
      ProfileStore profiles,
      SessionClock clock,
      ManagedExecutor executor,
      SecureRandom random,
      Ids ids) {
    this.table = table;
    this.captureIds = captureIds;
    this.store = store;
    this.trail = trail;
    this.completion = completion;
    this.leases = leases;
    this.profiles = profiles;
    this.clock = clock;
    this.executor = executor;
    this.random = random;
    this.ids = ids;
  }

  /**
   * A new capture. Fails with {@code overloaded} when there are as many as this node takes, and as
   * {@link ProfileStore#named} does.
   */
  public CompletionStage<Opened> open(Caller caller, CapturePlan plan) {
    table.requireRoom();
    String profile = plan.tokenProfile() == null ? TokenProfile.DEFAULT : plan.tokenProfile();
    return profiles
        .named(caller.tenant(), profile)
        .thenApply(named -> plan.with(narrowed(plan.rules(), named)))
        .thenCombine(captureIds.next(caller.tenant()), (narrow, id) -> draw(caller, narrow, id))
        .thenApplyAsync(this::enter, executor);
  }

  /** Brands that the token profile refuses are refused at the deciding digit, not at the end. */
  private static CaptureRules narrowed(CaptureRules rules, TokenProfile profile) {
    Set<CardBrand> ours = rules.fields().acceptedBrands();
    Set<CardBrand> theirs = profile.acceptedBrands();
    if (theirs.isEmpty()) {
      return rules;
    }
    Set<CardBrand> both = EnumSet.copyOf(theirs);
    if (!ours.isEmpty()) {
      both.retainAll(ours);
    }
    if (both.isEmpty()) {
      throw ProblemException.at(
          "/accepted_brands",
          ProblemCode.INVALID_FIELD,
          "The token profile takes none of these brands");
    }
    return new CaptureRules(
        rules.keys(),
        rules.limits(),
        new FieldRules(both, rules.fields().luhn(), rules.fields().testCardsOnly()),
        rules.readBack(),
        rules.linkRequired());
  }

  private Draft draw(Caller caller, CapturePlan plan, CaptureId id) {
    Secret keys = Secret.draw(Power.KEYS, random);
    Secret observe = Secret.draw(Power.OBSERVE, random);
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    String code = String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000));
    Session session =
        new Session(
            id,
            caller,
            plan,
            new SecretHashes(keys.hash(), observe.hash(), List.of()),
            new LinkCode(code.getBytes(StandardCharsets.US_ASCII), salt),
            ids.now().plus(plan.rules().limits().lifetime()),
            clock,
            this::happened);
    return new Draft(session, keys, observe, code);
  }

  private Opened enter(Draft draft) {
    Session session = draft.session();
    leases.begin(session);
    store.add(session);
    table.add(session);
    return new Opened(
        session.id().text(),
        session.expiresAt(),
        draft.keys(),
        draft.observe(),
        draft.code(),
        session.view());
  }

  /**
   * Takes batch {@code seq} of keys, which are wiped.
   *
   * @throws ProblemException {@code capture-not-found}, {@code capture-ended}, {@code
   *     invalid-credential} or {@code scope-missing}; the stage fails with {@code resync} when
   *     batches before it are missing for a second
   */
  public CompletionStage<Progress> keys(String id, String secret, long seq, byte[] keys) {
    Session session = table.get(id);
    session.secrets().require(secret, Set.of(Power.KEYS));
    CompletableFuture<Progress> turn = session.keys(seq, keys).toCompletableFuture();
    if (!turn.isDone()) {
      clock.after(GAP_SECONDS, TimeUnit.SECONDS, () -> session.giveUp(seq));
    }
    return turn;
  }

  /** The capture of that id, for who controls it; see {@link #snapshot}. */
  private Session controlled(Caller caller, String id) {
    Session session = table.get(id);
    if (!session.id().tenant().equals(caller.tenant())) {
      throw ProblemException.of(ProblemCode.CAPTURE_NOT_FOUND);
    }
    return session;
  }

  /**
   * How a capture stands, its token included.
   *
   * @throws ProblemException {@code capture-not-found}, for another tenant's as well
   */
  public Snapshot snapshot(Caller caller, String id) {
    Optional<Remembered> over =
        table.remembered(id).filter(capture -> capture.tenant().equals(caller.tenant()));
    return over.isPresent() ? over.get().snapshot() : Snapshot.of(controlled(caller, id));
  }

  /** How a capture stands, for who may watch it: without its token. */
  public Snapshot snapshot(String id, String secret) {
    Optional<Remembered> over = table.remembered(id);
    if (over.isPresent()) {
      over.get().row().secrets().require(secret, WATCHERS);
      return over.get().snapshot();
    }
    Session session = table.get(id);
    session.secrets().require(secret, WATCHERS);
    Snapshot whole = Snapshot.of(session);
    return new Snapshot(whole.id(), whole.view(), whole.call(), whole.expiresAt(), null);
  }

  /** Does as its controller says. */
  public Progress command(Caller caller, String id, Command command, @Nullable Field field) {
    return controlled(caller, id).command(command, field);
  }

  /** Does as an agent's screen says, which may ask for fields again and no more. */
  public Progress command(String id, String secret, Command command, @Nullable Field field) {
    Session session = table.get(id);
    session.secrets().require(secret, Set.of(Power.DESK));
    if (!EnumSet.of(Command.RESET, Command.ASK, Command.SKIP, Command.BACK).contains(command)) {
      throw ProblemException.of(
          ProblemCode.SCOPE_MISSING, "An agent's screen asks for fields, and no more");
    }
    return session.command(command, field);
  }

  /** The caller hung up, says its controller. */
  public Progress hangUp(Caller caller, String id) {
    return ended(controlled(caller, id));
  }

  /** The caller hung up, says who sends its keys. */
  public Progress hangUp(String id, String secret) {
    Session session = table.get(id);
    session.secrets().require(secret, Set.of(Power.KEYS));
    return ended(session);
  }

  private static Progress ended(Session session) {
    if (session.state().isEnd()) {
      throw ProblemException.of(ProblemCode.CAPTURE_ENDED);
    }
    return session.hangUp();
  }

  /**
   * The secret of an agent's screen, for the right link code. The digits are wiped.
   *
   * @throws ProblemException {@code capture-not-found}, {@code capture-ended}, {@code
   *     state-conflict} when the code is too old, {@code invalid-credential} when it is wrong
   */
  public CompletionStage<Secret> link(String id, byte[] digits) {
    Session session = table.get(id);
    if (!session.link(digits)) {
      throw ProblemException.of(ProblemCode.INVALID_CREDENTIAL, "This is not the link code");
    }
    Secret desk = Secret.draw(Power.DESK, random);
    session.addDesk(desk.hash());
    return CompletableFuture.runAsync(() -> store.addDesk(session.id(), desk.hash()), executor)
        .thenApply(written -> desk);
  }

  /**
   * The capture in the hands of the call itself, for who may send its keys. It has to be one of
   * this node's.
   *
   * @throws ProblemException {@code capture-not-found}, {@code invalid-credential} or {@code
   *     scope-missing}
   */
  public CallLine line(String id, String secret) {
    Session session = table.get(id);
    session.secrets().require(secret, Set.of(Power.KEYS));
    return new CallLine(session);
  }

  /** Watches a capture; see {@link Session#watch}. What is returned ends it. */
  public Runnable watch(String id, String secret, long seen, Watcher watcher) {
    Optional<Remembered> over = table.remembered(id);
    if (over.isPresent()) {
      over.get().row().secrets().require(secret, WATCHERS);
      watcher.stands(0, over.get().row().view());
      watcher.ended();
      return () -> {};
    }
    Session session = table.get(id);
    session.secrets().require(secret, WATCHERS);
    session.watch(watcher, seen);
    return () -> session.unwatch(watcher);
  }

  private void happened(Session session, List<CaptureEvent> events) {
    for (CaptureEvent event : events) {
      CaptureEvents.of(session, event).ifPresent(trail::record);
      if (event.type() == Type.TOKENIZING) {
        executor.execute(() -> completion.start(session));
      } else if (event.type() == Type.ENDED) {
        executor.execute(() -> leases.finish(session));
      }
    }
    table.happened(session);
  }

  /**
   * A capture about to be entered.
   *
   * @param session the capture
   * @param keys its secrets, to be told once
   * @param code its link code
   */
  private record Draft(Session session, Secret keys, Secret observe, String code) {
    @Override
    public String toString() {
      return "Draft[redacted]";
    }
  }
}
