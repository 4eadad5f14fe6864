/** Takes the audit log elsewhere: as files, and to a collector of security events as it grows. */
@NullMarked
package dev.cardvault.exports;

import org.jspecify.annotations.NullMarked;
