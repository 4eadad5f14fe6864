package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.keys.Kek;
import dev.cardvault.keys.KeyRing;
import dev.cardvault.keys.KeyRotation;
import dev.cardvault.keys.KeyView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A tenant's keys for whoever looks after them. What is asked for is in the audit log before it is
 * done (PCI DSS 10.2.1): the key server takes no part in our transactions. Never blocks.
 */
@ApplicationScoped
public class AuditedKeys {

  private final KeyRing ring;
  private final AuditTrail trail;

  /** Looks after the keys of {@code ring}. */
  public AuditedKeys(KeyRing ring, AuditTrail trail) {
    this.ring = ring;
    this.trail = trail;
  }

  /** The versions of the tenant's KEK. */
  public CompletionStage<Kek> kek(Caller caller) {
    return ring.kek(caller.tenant());
  }

  /** All managed keys of the tenant, newest first. */
  public CompletionStage<List<KeyView>> list(Caller caller) {
    return trail
        .record(AuditEvent.by(caller, Action.KEY_READ).granted())
        .thenCompose(written -> ring.keys(caller.tenant()));
  }

  /** Begins new versions of the tenant's keys. */
  public CompletionStage<KeyRotation> rotate(Caller caller) {
    return trail
        .record(AuditEvent.by(caller, Action.KEY_ROTATE).granted())
        .thenCompose(written -> ring.rotate(caller.tenant()));
  }
}
