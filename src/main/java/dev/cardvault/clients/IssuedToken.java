package dev.cardvault.clients;

import java.time.Duration;

/**
 * An access token, to be handed to the client that logged in and to nobody else.
 *
 * @param text the token
 * @param lifetime how long it is good for
 * @param scope what it allows, as RFC 6749 3.3 writes it
 */
public record IssuedToken(String text, Duration lifetime, String scope) {

  @Override
  public String toString() {
    return "IssuedToken[redacted]";
  }
}
