/** The Helm chart: rendered by a real Helm, and looked at as a cluster would. */
@NullMarked
package dev.cardvault.chart;

import org.jspecify.annotations.NullMarked;
