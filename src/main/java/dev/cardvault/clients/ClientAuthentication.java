package dev.cardvault.clients;

import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.clients.LoginException.Reason;
import dev.cardvault.database.Ids;
import dev.cardvault.keys.SecretHasher;
import dev.cardvault.problem.ProblemCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks a client's secret. Each attempt that is looked at costs one hash, whether there is such a
 * client or not, so that neither the answer nor its time tells.
 */
@ApplicationScoped
class ClientAuthentication {

  private static final Logger LOG = Logger.getLogger(ClientAuthentication.class);

  private final DirectoryStore store;
  private final SecretHasher hasher;
  private final LoginThrottle throttle;
  private final LoginQueue queue;
  private final AuditTrail trail;
  private final Ids ids;
  private final Timer hashing;
  private final String decoy;

  ClientAuthentication(
      DirectoryStore store,
      SecretHasher hasher,
      LoginThrottle throttle,
      LoginQueue queue,
      AuditTrail trail,
      Ids ids,
      MeterRegistry meters) {
    this.store = store;
    this.hasher = hasher;
    this.throttle = throttle;
    this.queue = queue;
    this.trail = trail;
    this.ids = ids;
    this.hashing =
        Timer.builder("cardvault.login.hashing")
            .description("Hashing of secrets at logins")
            .register(meters);
    this.decoy = hasher.decoy();
  }

  /**
   * What {@code work} makes of the client, once it has proved who it is. Fails with {@link
   * LoginException}. Never blocks; {@code work} may.
   */
  <T> CompletionStage<T> authenticated(LoginAttempt attempt, Function<ClientState, T> work) {
    // Who is locked out takes nobody's place in the queue.
    refuseLockedOut(attempt);
    return queue.run(() -> work.apply(authenticate(attempt)));
  }

  private ClientState authenticate(LoginAttempt attempt) {
    refuseLockedOut(attempt);
    String credentialId = attempt.secret().credentialId();
    DirectoryStore.Login login = find(attempt.clientId(), credentialId);
    String hash = login == null ? null : login.secretHash();
    boolean proved = matches(attempt.secret(), hash == null ? decoy : hash) && hash != null;
    if (login == null || !proved) {
      boolean lockedOut = throttle.failed(attempt.clientId(), attempt.source());
      note(attempt, login, lockedOut ? ProblemCode.RATE_LIMITED : ProblemCode.INVALID_CREDENTIAL);
      throw LoginException.of(Reason.INVALID_CLIENT);
    }
    if (login.suspended()) {
      note(attempt, login, ProblemCode.CLIENT_SUSPENDED);
      throw LoginException.of(Reason.SUSPENDED);
    }
    throttle.succeeded(attempt.clientId(), attempt.source());
    return login.client();
  }

  private void refuseLockedOut(LoginAttempt attempt) {
    Duration wait = throttle.waitOf(attempt.clientId(), attempt.source());
    if (wait != null) {
      throw new LoginException(Reason.LOCKED_OUT, wait);
    }
  }

  private DirectoryStore.@Nullable Login find(String clientId, @Nullable String credentialId) {
    String sought = credentialId == null ? "" : credentialId;
    return Failures.told(() -> store.findLogin(clientId, sought, ids.now()));
  }

  private boolean matches(ClientSecret secret, String hash) {
    long started = System.nanoTime();
    try {
      return hasher.matches(secret.bytes(), hash);
    } finally {
      hashing.record(Duration.ofNanos(System.nanoTime() - started));
    }
  }

  /** Tells the tenant's log; where no client is known, there is no tenant to tell. */
  private void note(LoginAttempt attempt, DirectoryStore.@Nullable Login login, ProblemCode rule) {
    LOG.infof("A login failed: %s", rule.code());
    if (login == null) {
      return;
    }
    ClientState client = login.client();
    trail
        .record(
            AuditEvent.of(client.tenant(), Action.LOGIN)
                .client(client.id())
                .actor(client.name())
                .source(attempt.source(), attempt.requestId())
                .denied(rule))
        .exceptionally(
            failure -> {
              LOG.warn("A failed login could not be written to the audit log");
              return null;
            });
  }
}
