package dev.cardvault.ivr;

import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.Field;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.CallLine;
import dev.cardvault.vault.TokenView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A capture of this node. */
final class CaptureLine implements Line {

  private final CallLine line;
  private final Map<String, String> prompts;

  CaptureLine(CallLine line, Map<String, String> prompts) {
    this.line = line;
    this.prompts = prompts;
  }

  @Override
  public CaptureView view() {
    return line.view();
  }

  @Override
  public void press(byte key) {
    try {
      line.press(key);
    } catch (ProblemException ended) {
      // It ended on the way, which its view tells.
      return;
    }
  }

  @Override
  public void prompted(Field field) {
    try {
      line.prompted(field);
    } catch (ProblemException meanwhile) {
      // Something else is asked for by now, or nothing at all, which its view tells.
      return;
    }
  }

  @Override
  public void hangUp() {
    line.hangUp();
  }

  @Override
  public @Nullable TokenView token() {
    return line.token();
  }

  @Override
  public Map<String, String> prompts() {
    return prompts;
  }
}
