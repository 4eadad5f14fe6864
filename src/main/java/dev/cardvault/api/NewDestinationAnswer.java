package dev.cardvault.api;

import dev.cardvault.outbox.NewDestination;

/**
 * A destination with a new secret.
 *
 * @param destination the destination
 * @param secret what its messages are signed with
 */
record NewDestinationAnswer(DestinationAnswer destination, String secret) {

  static NewDestinationAnswer of(NewDestination made) {
    return new NewDestinationAnswer(
        DestinationAnswer.of(made.destination()), made.secret().reveal());
  }

  @Override
  public String toString() {
    return "NewDestinationAnswer[redacted]";
  }
}
