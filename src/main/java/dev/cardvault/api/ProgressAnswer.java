package dev.cardvault.api;

import dev.cardvault.sessions.Progress;

/**
 * How far a capture has come, for whoever sends its keys or commands.
 *
 * @param nextSeq the number of the batch of keys that is expected next
 * @param view how it stands
 */
record ProgressAnswer(long nextSeq, CaptureFields view) {

  static ProgressAnswer of(Progress progress) {
    return new ProgressAnswer(progress.nextSeq(), CaptureFields.of(progress.view()));
  }
}
