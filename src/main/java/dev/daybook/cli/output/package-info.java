/**
 * What commands print: results as text or as JSON, messages and a progress bar. {@link
 * dev.daybook.cli.output.Terminal} is where it goes, {@link dev.daybook.cli.output.EventPrinter}
 * writes results.
 */
@NullMarked
package dev.daybook.cli.output;

import org.jspecify.annotations.NullMarked;
