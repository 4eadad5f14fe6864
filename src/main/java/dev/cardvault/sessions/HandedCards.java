package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.SecurityCode;
import dev.cardvault.vault.CallContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;

/**
 * Cards that came in one piece, with their security codes: captures that ended as they began, so
 * that any node finds the one that holds the code. Never blocks.
 */
@ApplicationScoped
public class HandedCards {

  private final CaptureStore store;
  private final SecurityCodes codes;
  private final ManagedExecutor executor;

  HandedCards(CaptureStore store, SecurityCodes codes, ManagedExecutor executor) {
    this.store = store;
    this.codes = codes;
    this.executor = executor;
  }

  /**
   * Has {@code code} wait on this node for its one use. It is wiped where that fails, and where the
   * same handover was kept before: a code that was given out does not come back.
   *
   * @param handover names what is kept once
   * @return whether it waits now; fails with {@code database-unavailable}
   */
  public CompletionStage<Boolean> keep(
      TenantId tenant, UUID handover, UUID token, SecurityCode code, CallContext call) {
    return CompletableFuture.supplyAsync(
            () -> store.addHandedOver(tenant, handover, token, call), executor)
        .whenComplete(
            (first, failure) -> {
              if (failure == null && first) {
                codes.keep(tenant, token, code);
              } else {
                code.close();
              }
            });
  }
}
