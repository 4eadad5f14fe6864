package dev.cardvault.clients;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.database.Ids;
import dev.cardvault.keys.KeyRing;
import dev.cardvault.keys.KeyServer;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Makes a tenant that can work: its key-encryption key, a token profile, and one client of each
 * role. Blocks: not for an event loop.
 */
@ApplicationScoped
public class FirstTenant {

  private static final Logger LOG = Logger.getLogger(FirstTenant.class);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  static final String ACTOR = "bootstrap";

  private final TenantStore store;
  private final KeyServer keyServer;
  private final KeyRing keys;
  private final Credentials credentials;
  private final Ids ids;

  FirstTenant(
      TenantStore store, KeyServer keyServer, KeyRing keys, Credentials credentials, Ids ids) {
    this.store = store;
    this.keyServer = keyServer;
    this.keys = keys;
    this.credentials = credentials;
    this.ids = ids;
  }

  /** Whether there is a tenant of that name. */
  public boolean exists(String name) {
    return Failures.told(() -> store.exists(name));
  }

  /**
   * Makes the tenant called {@code name}, all of it or nothing.
   *
   * @param name lower-case letters, digits and dashes; it starts with a letter or a digit and has
   *     at most 63 characters
   * @param keep is told what each role logs in with, before the tenant is there: whoever dies in
   *     between keeps secrets without a tenant, never a tenant without secrets
   * @throws ProblemException {@code state-conflict} when there is one already
   */
  public void create(String name, Consumer<Map<Role, NewSecret>> keep) {
    if (!NAME.matcher(name).matches()) {
      throw ProblemException.at(
          "/name", ProblemCode.INVALID_FIELD, "A tenant's name is like acme-1");
    }
    if (exists(name)) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "The tenant exists already");
    }
    TenantId tenant = new TenantId(ids.next());
    // First, since it may be refused; should the rest fail, it is left over and wraps nothing.
    Waiting.waitFor(keyServer.createKek(tenant));
    List<Member> members = Stream.of(Role.values()).map(role -> member(tenant, role)).toList();
    Map<Role, NewSecret> secrets = new EnumMap<>(Role.class);
    members.forEach(member -> secrets.put(member.role(), member.secret()));
    keep.accept(secrets);
    store(tenant, name, members);
    makeKeys(tenant);
  }

  /** The same; returns what each role logs in with, which is told only now. */
  public Map<Role, NewSecret> create(String name) {
    Map<Role, NewSecret> kept = new EnumMap<>(Role.class);
    create(name, kept::putAll);
    return kept;
  }

  private Member member(TenantId tenant, Role role) {
    ClientDraft draft = new ClientDraft(role.clientName(), role.policy());
    ClientRow row = ClientRow.of(Client.PREFIX + ids.next(), tenant, draft, ids.now(), ACTOR);
    Credentials.Drawn drawn = credentials.draw(tenant, null);
    credentials.give(drawn, row);
    return new Member(
        role, row, new NewSecret(ClientStore.viewOf(row), drawn.row().id, drawn.secret()));
  }

  private void store(TenantId tenant, String name, List<Member> members) {
    List<AuditEvent> events = new ArrayList<>();
    events.add(made(tenant, Action.TENANT_CREATE, tenant.toString()));
    events.add(made(tenant, Action.PROFILE_CREATE, TenantStore.DEFAULT_PROFILE));
    members.forEach(member -> events.add(made(tenant, Action.CLIENT_CREATE, member.row().id)));
    List<ClientRow> rows = members.stream().map(Member::row).toList();
    Failures.told(() -> store.add(tenant, name, ids.next(), ids.now(), rows, events));
  }

  /** What fails here is made up for at first use, whereas the secrets can be told only now. */
  private void makeKeys(TenantId tenant) {
    try {
      Waiting.waitFor(keys.create(tenant));
    } catch (ProblemException later) {
      LOG.warnf("The keys of the tenant will be made at first use: %s", later.code().code());
    }
  }

  private static AuditEvent made(TenantId tenant, Action action, String subject) {
    return AuditEvent.of(tenant, action).actor(ACTOR).subject(subject).granted();
  }

  private record Member(Role role, ClientRow row, NewSecret secret) {}

  /** The clients a tenant begins with: who may do one of these things may not do the others. */
  public enum Role {
    /** Takes card numbers in on calls. */
    IVR(Scope.TOKENS_CREATE, Scope.TOKENS_READ, Scope.CAPTURES_CONTROL),
    /** Gets card numbers back to charge them. */
    BILLING(Scope.TOKENS_CREATE, Scope.TOKENS_READ, Scope.TOKENS_LOOKUP, Scope.TOKENS_DETOKENIZE),
    /** Reads who saw what. */
    COMPLIANCE(Scope.AUDIT_READ, Scope.AUDIT_EXPORT, Scope.REVIEWS_ATTEST),
    /** Manages clients, profiles, keys and erasures. */
    ADMIN(
        Scope.CLIENTS_WRITE,
        Scope.KEYS_ROTATE,
        Scope.TOKENS_UPDATE,
        Scope.TOKENS_ERASE,
        Scope.TOKENS_READ,
        Scope.JOBS_RUN,
        Scope.PRIVACY_MANAGE);

    private final Set<Scope> scopes;

    Role(Scope... scopes) {
      this.scopes = Set.of(scopes);
    }

    /** The client's name. */
    public String clientName() {
      return name().toLowerCase(Locale.ROOT);
    }

    ClientPolicy policy() {
      Set<RevealLevel> levels =
          scopes.contains(Scope.TOKENS_DETOKENIZE) ? EnumSet.allOf(RevealLevel.class) : Set.of();
      return new ClientPolicy(scopes, levels, Set.of(), List.of(), null, 0, 0);
    }
  }
}
