package dev.cardvault.audit;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Purpose;
import dev.cardvault.access.Reference;
import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one line of the audit log tells; its id and time are given when it is written (PCI DSS
 * 10.2.2: who, what, when, outcome, from where, on what). It never holds a PAN, a security code, a
 * token's text or a holder's name.
 *
 * @param tenant whose event it is
 * @param action what was asked for
 * @param outcome how it was answered
 * @param rule the code of the rule that denied it
 * @param clientId the client that asked
 * @param actor the client's name, or a person
 * @param credentialId with which credential
 * @param sourceAddress from which address
 * @param purpose why a PAN was asked for
 * @param reference for which business record
 * @param callId on which call
 * @param tokenId on which token
 * @param keyId the managed key that seals the card
 * @param subject what else it was done to: a client, a profile, a key
 * @param requestId the request
 */
public record AuditEvent(
    TenantId tenant,
    Action action,
    Outcome outcome,
    @Nullable ProblemCode rule,
    @Nullable String clientId,
    @Nullable String actor,
    @Nullable String credentialId,
    @Nullable String sourceAddress,
    @Nullable Purpose purpose,
    @Nullable Reference reference,
    @Nullable String callId,
    @Nullable UUID tokenId,
    @Nullable UUID keyId,
    @Nullable String subject,
    @Nullable String requestId) {

  /** An event of something {@code caller} asked for. */
  public static Builder by(Caller caller, Action action) {
    Builder builder = new Builder(caller.tenant(), action);
    builder.clientId = caller.clientId();
    builder.actor = caller.clientName();
    builder.credentialId = caller.credentialId();
    builder.sourceAddress = caller.sourceAddress();
    builder.requestId = caller.requestId();
    return builder;
  }

  /** An event nobody with a credential asked for: the service itself, or a failed login. */
  public static Builder of(TenantId tenant, Action action) {
    return new Builder(tenant, action);
  }

  /** Collects what an event tells; {@link #granted} and its like finish it. */
  public static final class Builder {
    private final TenantId tenant;
    private final Action action;
    private @Nullable String clientId;
    private @Nullable String actor;
    private @Nullable String credentialId;
    private @Nullable String sourceAddress;
    private @Nullable Purpose purpose;
    private @Nullable Reference reference;
    private @Nullable String callId;
    private @Nullable UUID tokenId;
    private @Nullable UUID keyId;
    private @Nullable String subject;
    private @Nullable String requestId;

    private Builder(TenantId tenant, Action action) {
      this.tenant = tenant;
      this.action = action;
    }

    /** The client that asked, where there is no caller yet. */
    public Builder client(String id) {
      clientId = id;
      return this;
    }

    /** The person or part of the service that acted. */
    public Builder actor(String name) {
      actor = name;
      return this;
    }

    /** With which credential, where there is no caller yet. */
    public Builder credential(String id) {
      credentialId = id;
      return this;
    }

    /** Where the request came from. */
    public Builder source(String address, String request) {
      sourceAddress = address;
      requestId = request;
      return this;
    }

    /** Why, and for which business record. */
    public Builder reason(Purpose why, Reference forWhat) {
      purpose = why;
      reference = forWhat;
      return this;
    }

    /** On which call; {@code null} when it was none. */
    public Builder call(@Nullable String id) {
      callId = id;
      return this;
    }

    /** On which token; {@code null} when there is none. */
    public Builder token(@Nullable UUID id) {
      tokenId = id;
      return this;
    }

    /** Under which managed key. */
    public Builder key(@Nullable UUID id) {
      keyId = id;
      return this;
    }

    /** On what else. */
    public Builder subject(@Nullable String what) {
      subject = what;
      return this;
    }

    /** The event: answered as asked. */
    public AuditEvent granted() {
      return outcome(Outcome.GRANTED, null);
    }

    /** The event: refused by {@code rule}. */
    public AuditEvent denied(ProblemCode rule) {
      return outcome(Outcome.DENIED, rule);
    }

    /** The event, with any outcome. */
    public AuditEvent outcome(Outcome outcome, @Nullable ProblemCode rule) {
      return new AuditEvent(
          tenant,
          action,
          outcome,
          rule,
          clientId,
          actor,
          credentialId,
          sourceAddress,
          purpose,
          reference,
          callId,
          tokenId,
          keyId,
          subject,
          requestId);
    }
  }
}
