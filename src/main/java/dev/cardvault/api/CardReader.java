package dev.cardvault.api;

import dev.cardvault.card.Pan;

/** Makes a card number of bytes, or tells why it is none. */
@FunctionalInterface
interface CardReader {

  /** The card number in {@code text[from, to)}, which stays the caller's to wipe. */
  Pan read(byte[] text, int from, int to);
}
