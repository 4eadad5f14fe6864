package dev.cardvault.api;

import dev.cardvault.clients.ClientSecret;
import dev.cardvault.clients.LoginAttempt;
import dev.cardvault.clients.LoginException;
import dev.cardvault.clients.LoginException.Reason;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form that a client logs in with, or its {@code Authorization} header (RFC 6749 2.3.1). */
final class LoginForm {

  private static final String SCHEME = "Basic ";

  private final MultivaluedMap<String, String> form;

  /**
   * Takes a form in which no field stands twice (RFC 6749 3.2).
   *
   * @throws LoginException when one does
   */
  LoginForm(MultivaluedMap<String, String> form) {
    if (form.values().stream().anyMatch(values -> values.size() > 1)) {
      throw LoginException.of(Reason.INVALID_REQUEST);
    }
    this.form = form;
  }

  /** The field of that name; an empty one counts as none (RFC 6749 3.2). */
  @Nullable String optional(String name) {
    String value = form.getFirst(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The field of that name, which has to be there. */
  String required(String name) {
    String value = optional(name);
    if (value == null) {
      throw LoginException.of(Reason.INVALID_REQUEST);
    }
    return value;
  }

  /**
   * Who claims to log in.
   *
   * @throws LoginException when that is not said, or said in two ways
   */
  LoginAttempt attempt(RoutingContext routing) {
    List<String> headers = routing.request().headers().getAll("Authorization");
    String id = optional("client_id");
    String secret = optional("client_secret");
    if (!headers.isEmpty()) {
      String[] basic = basic(headers);
      if (secret != null || (id != null && !id.equals(basic[0]))) {
        throw LoginException.of(Reason.INVALID_REQUEST);
      }
      id = basic[0];
      secret = basic[1];
    }
    if (id == null || secret == null) {
      throw LoginException.of(Reason.INVALID_CLIENT);
    }
    return new LoginAttempt(
        id,
        ClientSecret.shown(secret),
        SourceAddress.of(routing.request()),
        RequestIds.of(routing));
  }

  private static String[] basic(List<String> headers) {
    String header = headers.get(0);
    if (headers.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw LoginException.of(Reason.INVALID_CLIENT);
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return new String[] {decoded(text.substring(0, colon)), decoded(text.substring(colon + 1))};
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw LoginException.of(Reason.INVALID_CLIENT);
    }
  }

  /** Both halves are form-encoded first (RFC 6749 2.3.1). */
  private static String decoded(String half) {
    return URLDecoder.decode(half, StandardCharsets.UTF_8);
  }
}
