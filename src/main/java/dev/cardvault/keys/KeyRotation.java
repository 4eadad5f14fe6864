package dev.cardvault.keys;

/**
 * What a rotation did.
 *
 * @param kekRotated whether the KEK has a new version; not so when the key server reserves that to
 *     its own administrators
 * @param kekVersion the newest version of the KEK
 * @param retired how many PAN keys seal no more
 * @param rewrapped how many keys the newest version of the KEK has wrapped anew
 */
public record KeyRotation(boolean kekRotated, int kekVersion, int retired, int rewrapped) {}
