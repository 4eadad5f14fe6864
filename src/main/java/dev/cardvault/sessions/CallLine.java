package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.Command;
import dev.cardvault.capture.Field;
import dev.cardvault.vault.TokenView;
import org.jspecify.annotations.Nullable;

/**
 * A capture in the hands of the call itself, for a telephone system that leads the dialog key by
 * key. Its keys come in order, so it counts them by itself. Never blocks.
 */
public final class CallLine {

  private final Session session;
  private long next;

  CallLine(Session session) {
    this.session = session;
    this.next = session.progress().nextSeq();
  }

  /** Whose capture it is. */
  public TenantId tenant() {
    return session.id().tenant();
  }

  /** How the capture stands. */
  public CaptureView view() {
    return session.view();
  }

  /**
   * The caller pressed {@code key}, ASCII.
   *
   * @throws dev.cardvault.problem.ProblemException {@code capture-ended}
   */
  public void press(byte key) {
    session.keys(next++, new byte[] {key});
  }

  /**
   * The prompt for {@code field} has been played: the clock to its first digit starts.
   *
   * @throws dev.cardvault.problem.ProblemException {@code capture-ended} or {@code state-conflict}
   */
  public void prompted(Field field) {
    session.command(Command.ASK, field);
  }

  /** The caller hung up; harmless when the capture has ended. */
  public void hangUp() {
    session.hangUp();
  }

  /** The token it ended in; {@code null} when it did not. */
  public @Nullable TokenView token() {
    return session.token();
  }
}
