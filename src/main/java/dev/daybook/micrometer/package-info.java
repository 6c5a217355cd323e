/**
 * Meters and observations by Micrometer. Needs {@code io.micrometer:micrometer-core}; of the other
 * packages only {@code spring.boot} uses this one, and none uses Micrometer.
 */
@NullMarked
package dev.daybook.micrometer;

import org.jspecify.annotations.NullMarked;
