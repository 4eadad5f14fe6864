package dev.cardvault.clients;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A login or a revocation that is refused, in the words of RFC 6749 5.2. */
public final class LoginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient @Nullable Duration retryAfter;

  LoginException(Reason reason, @Nullable Duration retryAfter) {
    // A refused login is ordinary: no stack trace.
    super(reason.description, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** Refused for {@code reason}. */
  public static LoginException of(Reason reason) {
    return new LoginException(reason, null);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** How long to wait before trying again, if that is known. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Why a login is refused. */
  public enum Reason {
    /** The request is not one of the kind. */
    INVALID_REQUEST(400, "invalid_request", "The request is malformed"),
    /** The grant type is not client_credentials. */
    UNSUPPORTED_GRANT_TYPE(
        400, "unsupported_grant_type", "The grant type is client_credentials here"),
    /** A scope is unknown, or more than the client has. */
    INVALID_SCOPE(400, "invalid_scope", "The client does not hold these scopes"),
    /** No such client, or not its secret: which of them is not told. */
    INVALID_CLIENT(401, "invalid_client", "The client id or its secret is wrong"),
    /** The client proved who it is, but is suspended. */
    SUSPENDED(401, "invalid_client", "The client is suspended"),
    /** The access token is another client's. */
    NOT_ITS_TOKEN(400, "unauthorized_client", "The token was not issued to this client"),
    /** Too many failed logins. */
    LOCKED_OUT(429, "temporarily_unavailable", "Too many failed logins"),
    /** Too many logins at once. */
    BUSY(503, "temporarily_unavailable", "Too many logins at once");

    private final int status;
    private final String error;
    private final String description;

    Reason(int status, String error, String description) {
      this.status = status;
      this.error = error;
      this.description = description;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The error code. */
    public String error() {
      return error;
    }

    /** A sentence for people. */
    public String description() {
      return description;
    }
  }
}
