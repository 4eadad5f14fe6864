package dev.cardvault.clients;

/**
 * Somebody who claims to be a client.
 *
 * @param clientId which client; what is too long to be an id counts as nobody's
 * @param secret what it shows to prove that
 * @param source the address the request came from
 * @param requestId what the request is called in logs
 */
public record LoginAttempt(String clientId, ClientSecret secret, String source, String requestId) {

  private static final int LONGEST_ID = 64;

  public LoginAttempt {
    // It is remembered when the login fails, so it must not be as long as a caller likes.
    clientId = clientId.length() > LONGEST_ID ? "" : clientId;
  }
}
