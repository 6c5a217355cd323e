/**
 * What commands print: results as tables, sentences or JSON, messages and a progress bar. {@link
 * dev.daybook.cli.output.Terminal} is where it goes, {@link dev.daybook.cli.output.ResultPrinter}
 * writes results, which are records.
 */
@NullMarked
package dev.daybook.cli.output;

import org.jspecify.annotations.NullMarked;
