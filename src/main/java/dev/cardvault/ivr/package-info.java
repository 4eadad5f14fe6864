/** Speaks Asterisk's FastAGI, and hands the keys that callers press to their captures. */
@NullMarked
package dev.cardvault.ivr;

import org.jspecify.annotations.NullMarked;
