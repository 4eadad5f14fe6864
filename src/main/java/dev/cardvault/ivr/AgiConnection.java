package dev.cardvault.ivr;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection of Asterisk's: takes the header, then one command at a time. A {@code HANGUP} may
 * come at any time. All of it happens on the connection's own event loop.
 */
final class AgiConnection {

  /** A header that is not here by then is not coming. */
  private static final Duration HEADER = Duration.ofSeconds(5);

  private static final byte[] HANG_UP = {'H', 'A', 'N', 'G', 'U', 'P'};

  private final NetSocket socket;
  private final Vertx vertx;
  private final Consumer<AgiHeader> begun;
  private final Runnable over;
  private final AgiLines lines = new AgiLines();
  private final AgiHeader header = new AgiHeader();
  private boolean headed;
  private boolean ended;
  private boolean inUsage;
  private @Nullable Promise<AgiReply> pending;
  private long timer = -1;

  /**
   * Listens to {@code socket}.
   *
   * @param begun is shown the header once it is there
   * @param over is told once when the caller hung up or the connection ended
   */
  AgiConnection(NetSocket socket, Vertx vertx, Consumer<AgiHeader> begun, Runnable over) {
    this.socket = socket;
    this.vertx = vertx;
    this.begun = begun;
    this.over = over;
    socket.handler(this::received);
    socket.exceptionHandler(broken -> end());
    socket.closeHandler(closed -> end());
    timer = vertx.setTimer(HEADER.toMillis(), id -> end());
  }

  /**
   * What Asterisk answers {@code command}; {@link AgiReply#HUNG_UP} when the call ended instead.
   *
   * @param patience after which nobody is there any more
   */
  Future<AgiReply> send(String command, Duration patience) {
    if (ended) {
      return Future.succeededFuture(AgiReply.HUNG_UP);
    }
    Promise<AgiReply> promise = Promise.promise();
    pending = promise;
    timer = vertx.setTimer(patience.toMillis(), id -> end());
    socket.write(command + "\n");
    return promise.future();
  }

  /** Hangs up on Asterisk; the dialplan goes on. */
  void end() {
    if (ended) {
      return;
    }
    ended = true;
    vertx.cancelTimer(timer);
    lines.wipe();
    socket.close();
    over.run();
    Promise<AgiReply> waiting = pending;
    pending = null;
    if (waiting != null) {
      waiting.tryComplete(AgiReply.HUNG_UP);
    }
  }

  /** Whether it has ended. */
  boolean isOver() {
    return ended;
  }

  private void received(Buffer chunk) {
    try {
      lines.take(chunk, this::line);
    } catch (AgiException strange) {
      end();
    }
  }

  private void line(byte[] bytes, int length) {
    if (ended) {
      return;
    }
    if (isHangUp(bytes, length)) {
      end();
    } else if (!headed) {
      headerLine(bytes, length);
    } else if (!isInUsage(bytes, length)) {
      reply(AgiReply.of(bytes, length));
    }
  }

  private void headerLine(byte[] bytes, int length) {
    if (header.take(bytes, length)) {
      headed = true;
      vertx.cancelTimer(timer);
      begun.accept(header);
    }
  }

  /**
   * From {@code 520-} on, Asterisk explains a command until a line that begins with {@code 520 }.
   */
  private boolean isInUsage(byte[] bytes, int length) {
    boolean of520 = length > 3 && bytes[0] == '5' && bytes[1] == '2' && bytes[2] == '0';
    if (of520 && bytes[3] == '-') {
      inUsage = true;
    } else if (of520 && bytes[3] == ' ') {
      inUsage = false;
    }
    return inUsage;
  }

  private void reply(AgiReply reply) {
    Promise<AgiReply> waiting = pending;
    if (waiting == null) {
      throw new AgiException("A reply to nothing");
    }
    pending = null;
    vertx.cancelTimer(timer);
    waiting.complete(reply);
  }

  private static boolean isHangUp(byte[] bytes, int length) {
    return length == HANG_UP.length && Arrays.equals(bytes, 0, length, HANG_UP, 0, length);
  }
}
