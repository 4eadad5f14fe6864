package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureEvent;

/**
 * An event with its place in the capture's stream.
 *
 * @param number from 1
 * @param event what happened
 */
public record NumberedEvent(long number, CaptureEvent event) {}
