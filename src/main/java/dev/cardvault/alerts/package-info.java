/**
 * Looks at the audit log as it grows, and speaks up when somebody uses the vault in an unusual way
 * (PCI DSS 10.4.1.1, 10.7).
 */
@NullMarked
package dev.cardvault.alerts;

import org.jspecify.annotations.NullMarked;
