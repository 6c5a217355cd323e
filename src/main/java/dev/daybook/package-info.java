/**
 * Daybook: an embeddable persistence layer for services that keep history. Begin with {@link
 * dev.daybook.Daybook}: it opens a store and returns its repositories, each of which is in its own
 * package. {@link dev.daybook.DaybookBuilder} has the options.
 *
 * <p>This package uses all others. It is used by {@code spring}, {@code jta}, {@code micrometer},
 * {@code testing} and the command line.
 */
@NullMarked
package dev.daybook;

import org.jspecify.annotations.NullMarked;
