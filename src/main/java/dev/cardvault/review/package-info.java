/** Sums each day up for the person who has to look at it (PCI DSS 10.4.1, 10.4.1.1). */
@NullMarked
package dev.cardvault.review;

import org.jspecify.annotations.NullMarked;
