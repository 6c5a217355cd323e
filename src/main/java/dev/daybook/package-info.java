/**
 * Daybook: an embeddable persistence layer for services that keep history. Begin with {@link
 * dev.daybook.Daybook}: it opens a store and hands out its repositories, each of which is in a
 * package of its own. {@link dev.daybook.DaybookBuilder} has the options.
 *
 * <p>This package knows all others. No other package of the library knows this one; only the
 * command line does.
 */
@NullMarked
package dev.daybook;

import org.jspecify.annotations.NullMarked;
