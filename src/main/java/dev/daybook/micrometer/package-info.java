/**
 * Meters and observations by Micrometer. Needs {@code io.micrometer:micrometer-core}; no other
 * package of Daybook uses this one, or Micrometer.
 */
@NullMarked
package dev.daybook.micrometer;

import org.jspecify.annotations.NullMarked;
