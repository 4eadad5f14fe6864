package dev.cardvault.capture;

import dev.cardvault.card.CardBrand;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A capture as an agent may see it: never a digit but the last four of an accepted number.
 *
 * @param state where it is in its life
 * @param field the field being asked for; {@code null} before the first and after the last
 * @param fields all of them, in the order they are asked for
 * @param brand the card's network, once it is decided
 * @param lastFour the last four digits, once the number is accepted
 * @param reason why the last entry was refused or the capture ended
 * @param timeLeft until the capture expires; zero once it has ended
 * @param inputTimeLeft until the entry is taken, refused or given up for want of keys
 */
public record CaptureView(
    CaptureState state,
    @Nullable Field field,
    List<Entered> fields,
    @Nullable CardBrand brand,
    @Nullable String lastFour,
    @Nullable Reason reason,
    Duration timeLeft,
    Duration inputTimeLeft) {

  public CaptureView {
    fields = List.copyOf(fields);
  }

  /** Whether digits were lost, so that the caller must begin anew. */
  public boolean restartRequired() {
    return state == CaptureState.LOST;
  }

  /**
   * How far a field has come.
   *
   * @param field which
   * @param progress where it is
   * @param count how many digits were keyed
   * @param wanted how many it will probably have
   * @param attempts how many were refused
   * @param warning what looks wrong about the digits so far
   */
  public record Entered(
      Field field,
      Progress progress,
      int count,
      int wanted,
      int attempts,
      @Nullable Reason warning) {}

  /** Where a field is. */
  public enum Progress {
    PENDING,
    COLLECTING,
    INVALID,
    ACCEPTED,
    SKIPPED
  }
}
