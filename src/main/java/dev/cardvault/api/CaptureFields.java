package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cardvault.capture.CaptureView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a capture stands, as an agent may see it: no digit but the last four of an accepted number.
 *
 * @param state where it is in its life
 * @param field the field being asked for
 * @param fields all of them, in order
 * @param brand the card's network, once it is decided
 * @param last4 the last four digits, once the number is accepted
 * @param reason why the last entry was refused or the capture ended
 * @param restartRequired whether digits were lost, so that the caller must begin anew
 * @param timeLeftMs until the capture expires
 * @param inputTimeLeftMs until the entry is taken, refused or given up for want of keys
 */
@RegisterForReflection(targets = {CaptureFields.class, CaptureFields.Entered.class})
record CaptureFields(
    String state,
    @Nullable String field,
    List<Entered> fields,
    @Nullable String brand,
    @JsonProperty("last4") @Nullable String last4,
    @Nullable String reason,
    boolean restartRequired,
    long timeLeftMs,
    long inputTimeLeftMs) {

  /**
   * How far a field has come.
   *
   * @param field which
   * @param progress where it is
   * @param count how many digits were keyed
   * @param wanted how many it will probably have
   * @param attempts how many entries were refused
   * @param warning what looks wrong about the digits so far
   */
  record Entered(
      String field,
      String progress,
      int count,
      int wanted,
      int attempts,
      @Nullable String warning) {

    static Entered of(CaptureView.Entered entered) {
      var warning = entered.warning();
      return new Entered(
          entered.field().code(),
          entered.progress().name().toLowerCase(Locale.ROOT),
          entered.count(),
          entered.wanted(),
          entered.attempts(),
          warning == null ? null : warning.code());
    }
  }

  static CaptureFields of(CaptureView view) {
    var field = view.field();
    var brand = view.brand();
    var reason = view.reason();
    return new CaptureFields(
        view.state().code(),
        field == null ? null : field.code(),
        view.fields().stream().map(Entered::of).toList(),
        brand == null ? null : brand.code(),
        view.lastFour(),
        reason == null ? null : reason.code(),
        view.restartRequired(),
        view.timeLeft().toMillis(),
        view.inputTimeLeft().toMillis());
  }
}
