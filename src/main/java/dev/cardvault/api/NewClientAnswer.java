package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.cardvault.clients.NewSecret;
import java.time.Instant;

/** A client that was just made, with what it logs in with. */
record NewClientAnswer(
    @JsonUnwrapped ClientAnswer client, String clientId, String credentialId, String clientSecret) {

  static NewClientAnswer of(NewSecret made, Instant now) {
    return new NewClientAnswer(
        ClientAnswer.of(made.client(), now),
        made.client().id(),
        made.credentialId(),
        made.secret().reveal());
  }

  @Override
  public String toString() {
    return "NewClientAnswer[redacted]";
  }
}
