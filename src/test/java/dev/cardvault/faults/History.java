package dev.cardvault.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Every call that was made, with its start, end and outcome: what the promises are checked by. */
final class History {

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final List<Call> tokens = Collections.synchronizedList(new ArrayList<>());

  /** Asks {@code client} for a token of {@code number}, and notes what became of it. */
  CompletableFuture<Call> tokenize(VaultClient client, String number, String key) {
    long start = System.nanoTime();
    return client
        .tokenize(number, "Idempotency-Key", key)
        .thenApply(answer -> add(Call.Kind.TOKENIZE, number, "", key, start, answer));
  }

  /** Asks {@code client} for the card of a token that an earlier call got. */
  CompletableFuture<Call> detokenize(VaultClient client, Call tokenized, String orderId) {
    String token = tokenized.answer().field("token");
    long start = System.nanoTime();
    return client
        .detokenize(token, orderId)
        .thenApply(
            answer -> add(Call.Kind.DETOKENIZE, tokenized.number(), token, orderId, start, answer));
  }

  private Call add(
      Call.Kind kind, String number, String token, String reference, long start, Answer answer) {
    return add(new Call(kind, number, token, reference, start, System.nanoTime(), answer));
  }

  /** Notes a call. */
  Call add(Call call) {
    calls.add(call);
    if (call.acknowledged()) {
      acknowledged.incrementAndGet();
      if (call.kind() == Call.Kind.TOKENIZE) {
        tokens.add(call);
      }
    }
    return call;
  }

  /** All calls so far. */
  Stream<Call> calls() {
    return calls.stream();
  }

  /** The calls of one kind that were acknowledged. */
  List<Call> acknowledged(Call.Kind kind) {
    return calls.stream().filter(c -> c.kind() == kind && c.acknowledged()).toList();
  }

  /** How many calls were acknowledged. */
  int acknowledgedSoFar() {
    return acknowledged.get();
  }

  /** The tokenizations that were acknowledged. */
  List<Call> tokens() {
    return tokens;
  }

  /** How the calls ended, for a message. */
  String summary() {
    return calls.stream()
        .collect(
            java.util.stream.Collectors.groupingBy(
                c -> c.kind() + " " + c.answer().status() + " " + c.answer().code(),
                java.util.TreeMap::new,
                java.util.stream.Collectors.counting()))
        .toString();
  }
}
