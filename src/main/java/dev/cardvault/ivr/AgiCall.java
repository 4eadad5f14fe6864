package dev.cardvault.ivr;

import dev.cardvault.capture.CaptureState;
import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.Field;
import dev.cardvault.vault.TokenView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dialog of one call: plays prompts, listens for one key at a time, and in the end tells the
 * dialplan what came of it. WAIT FOR DIGIT and not GET DATA, which would put the whole number into
 * Asterisk's debug output and its channel variables.
 */
final class AgiCall {

  /** A key interrupts a prompt and counts. */
  private static final String ANY_KEY = "0123456789*#ABCD";

  private static final Duration LONGEST_PROMPT = Duration.ofMinutes(2);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** So long, and an agent who asks for another field is heard too. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
  private static final long POLL_MILLIS = 50;

  private final AgiConnection connection;
  private final Line line;
  private final Vertx vertx;
  private @Nullable Field prompted;
  private int attempts;

  AgiCall(AgiConnection connection, Line line, Vertx vertx) {
    this.connection = connection;
    this.line = line;
    this.vertx = vertx;
  }

  /** Leads the dialog to its end, and the connection to its own. */
  void run() {
    CaptureView view = line.view();
    if (view.state().isEnd()) {
      finish(view);
    } else if (view.state() == CaptureState.TOKENIZING) {
      vertx.setTimer(POLL_MILLIS, id -> run());
    } else {
      step(view).onComplete(done -> goOn(done.succeeded() && done.result()));
    }
  }

  private void goOn(boolean still) {
    if (still) {
      run();
    } else {
      connection.end();
    }
  }

  /** One prompt or one key; whether the call is still there. */
  private Future<Boolean> step(CaptureView view) {
    Field field = view.state() == CaptureState.CONFIRMING ? null : asked(view);
    if (field != null && isNews(field, view)) {
      List<String> files = filesFor(field, view);
      // Where nothing is played, the clock to the first digit runs already, but for the first
      // field.
      boolean startClock = prompted == null || !files.isEmpty();
      prompted = field;
      attempts = attempts(field, view);
      return play(files, 0)
          .compose(
              reply -> {
                if (startClock && reply.isDone() && reply.result() == 0) {
                  line.prompted(field);
                }
                return heard(reply);
              });
    }
    return connection
        .send("WAIT FOR DIGIT " + millis(view), LONGEST_WAIT.plus(AT_ONCE))
        .compose(reply -> reply.isDone() ? heard(reply) : Future.succeededFuture(false));
  }

  private Future<Boolean> heard(AgiReply reply) {
    if (reply.isHangUp()) {
      return Future.succeededFuture(false);
    }
    if (reply.result() > 0) {
      line.press((byte) reply.result());
    }
    return Future.succeededFuture(true);
  }

  private static Field asked(CaptureView view) {
    Field field = view.field();
    return field == null ? view.fields().get(0).field() : field;
  }

  private boolean isNews(Field field, CaptureView view) {
    return field != prompted || attempts(field, view) != attempts;
  }

  private static int attempts(Field field, CaptureView view) {
    return view.fields().stream()
        .filter(entered -> entered.field() == field)
        .mapToInt(CaptureView.Entered::attempts)
        .findFirst()
        .orElse(0);
  }

  private List<String> filesFor(Field field, CaptureView view) {
    List<String> files = new ArrayList<>();
    if (view.state() == CaptureState.FIELD_INVALID) {
      add(files, "invalid");
    }
    add(files, field.code());
    return files;
  }

  private void add(List<String> files, String moment) {
    String file = line.prompts().get(moment);
    if (file != null) {
      files.add(file);
    }
  }

  /**
   * The key that interrupted one of {@code files}, or nothing. A file that is missing is told like
   * a hang-up, so the wait for a key, which comes next, decides.
   */
  private Future<AgiReply> play(List<String> files, int from) {
    if (from == files.size()) {
      return Future.succeededFuture(new AgiReply(AgiReply.OK, 0));
    }
    return connection
        .send("STREAM FILE " + files.get(from) + " \"" + ANY_KEY + "\"", LONGEST_PROMPT)
        .compose(
            reply ->
                reply.code() == AgiReply.DEAD_CHANNEL || reply.result() > 0
                    ? Future.succeededFuture(reply)
                    : play(files, from + 1));
  }

  private static long millis(CaptureView view) {
    Duration left = view.inputTimeLeft();
    Duration wait = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    return Math.max(SHORTEST_WAIT.toMillis(), wait.toMillis());
  }

  private void finish(CaptureView view) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("VAULT_STATUS", view.state().code());
    TokenView token = line.token();
    if (token != null) {
      variables.put("VAULT_TOKEN", token.token());
      variables.put("VAULT_BRAND", token.card().brand().code());
      variables.put("VAULT_LAST4", token.card().lastFour());
    }
    String moment = view.state() == CaptureState.COMPLETED ? "completed" : "failed";
    List<String> files = new ArrayList<>();
    add(files, moment);
    tell(connection, variables)
        .compose(told -> play(files, 0))
        .onComplete(played -> connection.end());
  }

  /** Sets channel variables, one after the other. */
  static Future<Boolean> tell(AgiConnection connection, Map<String, String> variables) {
    Future<Boolean> told = Future.succeededFuture(true);
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String command = "SET VARIABLE " + variable.getKey() + " \"" + variable.getValue() + "\"";
      told =
          told.compose(
              still ->
                  still
                      ? connection.send(command, AT_ONCE).map(AgiReply::isDone)
                      : Future.succeededFuture(false));
    }
    return told;
  }
}
