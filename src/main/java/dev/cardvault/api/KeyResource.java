package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Scope;
import dev.cardvault.keys.KeyRotation;
import dev.cardvault.vault.AuditedKeys;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;

/** Looks after a tenant's keys. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
final class KeyResource {

  private final AuditedKeys keys;
  private final CurrentCaller caller;

  KeyResource(AuditedKeys keys, CurrentCaller caller) {
    this.keys = keys;
    this.caller = caller;
  }

  /** All keys, newest first: everything but the keys themselves. */
  @GET
  @Needs(Scope.KEYS_ROTATE)
  public CompletionStage<KeysAnswer> list() {
    Caller asking = caller.get();
    return keys.list(asking)
        .thenCompose(all -> keys.kek(asking).thenApply(kek -> KeysAnswer.of(kek, all)));
  }

  /** Begins new versions of the keys. */
  @POST
  @Path("/rotate")
  @Needs(Scope.KEYS_ROTATE)
  public CompletionStage<RotationAnswer> rotate() {
    return keys.rotate(caller.get()).thenApply(RotationAnswer::of);
  }

  /**
   * What a rotation did.
   *
   * @param kekRotated whether the key-encryption key has a new version; not so when the key server
   *     leaves that to its own administrators
   * @param kekVersion its newest version
   * @param retired how many keys seal no more cards
   * @param rewrapped how many keys its newest version has wrapped anew
   */
  record RotationAnswer(boolean kekRotated, int kekVersion, int retired, int rewrapped) {
    static RotationAnswer of(KeyRotation rotation) {
      return new RotationAnswer(
          rotation.kekRotated(), rotation.kekVersion(), rotation.retired(), rotation.rewrapped());
    }
  }
}
