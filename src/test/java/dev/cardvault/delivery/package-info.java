/**
 * What is handed over: the package on its JVM, the image, the native sources, the bill of
 * materials.
 */
@NullMarked
package dev.cardvault.delivery;

import org.jspecify.annotations.NullMarked;
