package dev.cardvault.ivr;

import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.Field;
import dev.cardvault.vault.TokenView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call's capture, as the call drives it. Its methods do not block. */
interface Line {

  /** How it stands. */
  CaptureView view();

  /** The caller pressed {@code key}, ASCII. */
  void press(byte key);

  /** The prompt for {@code field} has been played: the clock to its first digit starts. */
  void prompted(Field field);

  /** The caller hung up. */
  void hangUp();

  /** The token it ended in; {@code null} when it did not. */
  @Nullable TokenView token();

  /** Which sound file is played when. */
  Map<String, String> prompts();
}
