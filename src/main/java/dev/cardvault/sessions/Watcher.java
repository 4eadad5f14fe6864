package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureView;

/** Somebody who watches a capture. Must not block. */
public interface Watcher {

  /** How it stands, where what happened before cannot be told, or was not asked for. */
  void stands(long number, CaptureView view);

  /** Something happened. */
  void happened(NumberedEvent event);

  /** Nothing more will happen. */
  void ended();
}
