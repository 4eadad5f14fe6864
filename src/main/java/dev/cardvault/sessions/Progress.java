package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureView;

/**
 * How far a capture has come, for whoever sends its keys.
 *
 * @param nextSeq the number of the batch that is expected next
 * @param view how it stands
 */
public record Progress(long nextSeq, CaptureView view) {}
