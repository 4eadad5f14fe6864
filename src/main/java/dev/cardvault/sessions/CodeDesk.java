package dev.cardvault.sessions;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.audit.Outcome;
import dev.cardvault.card.SecurityCode;
import dev.cardvault.database.Node;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.CaptureStore.CodeHolder;
import dev.cardvault.sessions.Whereabouts.Place;
import dev.cardvault.vault.CardCatalog;
import dev.cardvault.vault.TokenView;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Hands a security code out, once. It is gone from memory before anything is written about it, and
 * the audit log has the event before the code leaves: whatever fails in between, it is not shown
 * twice. Blocks: not for an event loop.
 */
@ApplicationScoped
public class CodeDesk {

  private final SecurityCodes codes;
  private final CardCatalog catalog;
  private final AuditTrail trail;
  private final CaptureStore store;
  private final Node node;

  CodeDesk(
      SecurityCodes codes, CardCatalog catalog, AuditTrail trail, CaptureStore store, Node node) {
    this.codes = codes;
    this.catalog = catalog;
    this.trail = trail;
    this.store = store;
    this.node = node;
  }

  /**
   * The security code that was captured with the card of a token.
   *
   * @param token its id or text
   * @param mayBeElsewhere whether another node may be named instead, which holds it
   * @throws ProblemException {@code token-not-found}; {@code not-found} when no code was captured
   *     with it; {@code security-code-used} when it was handed out before, or has waited for more
   *     than 120 s; {@code audit-unavailable}, after which it is gone
   */
  public Handing consume(Caller caller, String token, boolean mayBeElsewhere) {
    TokenView view = catalog.find(caller, token);
    Optional<SecurityCode> code = codes.take(caller.tenant(), view.id());
    if (code.isEmpty()) {
      Optional<CodeHolder> holder = store.holderOfCode(caller.tenant(), view.id());
      URI address = holder.map(CodeHolder::address).orElse(null);
      if (mayBeElsewhere && address != null && !holder.get().node().equals(node.name())) {
        return new Handing(null, new Place(address, caller.tenant()));
      }
      throw refused(caller, view.id(), holder.isPresent());
    }
    try {
      UUID event = written(event(caller, view.id()).granted());
      return new Handing(new HandedOut(view.token(), code.get(), event), null);
    } catch (RuntimeException failed) {
      code.get().close();
      throw failed;
    }
  }

  private ProblemException refused(Caller caller, UUID token, boolean hadOne) {
    if (!hadOne) {
      written(event(caller, token).outcome(Outcome.NOT_FOUND, null));
      return ProblemException.of(ProblemCode.NOT_FOUND);
    }
    // A rule of the alerts looks for this event.
    written(event(caller, token).denied(ProblemCode.SECURITY_CODE_USED));
    return ProblemException.of(ProblemCode.SECURITY_CODE_USED);
  }

  private static AuditEvent.Builder event(Caller caller, UUID token) {
    return AuditEvent.by(caller, Action.SECURITY_CODE_CONSUME).token(token);
  }

  private UUID written(AuditEvent event) {
    try {
      return trail.record(event).toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw ProblemException.from(failed);
    }
  }

  /**
   * What came of it: one of the two.
   *
   * @param code the code
   * @param elsewhere the node to ask instead
   */
  public record Handing(@Nullable HandedOut code, @Nullable Place elsewhere) {}

  /**
   * A security code on its way out; it is the receiver's to close.
   *
   * @param token the token's text
   * @param code the code
   * @param auditEventId the event that tells of this
   */
  public record HandedOut(String token, SecurityCode code, UUID auditEventId)
      implements AutoCloseable {

    @Override
    public void close() {
      code.close();
    }

    /** Never prints what it holds. */
    @Override
    public String toString() {
      return "HandedOut[redacted]";
    }
  }
}
