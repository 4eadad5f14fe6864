/**
 * Lets requests that arrive together travel together: one transaction for many, none waiting for
 * company.
 */
@NullMarked
package dev.cardvault.batch;

import org.jspecify.annotations.NullMarked;
