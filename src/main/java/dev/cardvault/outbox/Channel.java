package dev.cardvault.outbox;

import java.util.concurrent.CompletionStage;

/** A way out of the house. */
interface Channel {

  /** What destinations call it. */
  String name();

  /**
   * Whether {@code address} is one this channel may send to.
   *
   * @throws dev.cardvault.problem.ProblemException {@code invalid-field} at {@code /address}
   */
  void check(String address);

  /** Tries once. The stage may fail, which counts as to be tried again. Never blocks. */
  CompletionStage<Result> deliver(Delivery delivery);
}
