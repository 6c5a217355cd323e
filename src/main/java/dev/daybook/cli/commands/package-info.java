/**
 * The commands, a class each, which calls the library and prints what it says. {@link
 * dev.daybook.cli.commands.CommandTable} lists them, and alone is used from outside. To read first:
 * {@code StatsCommand}, one of the shortest.
 */
@NullMarked
package dev.daybook.cli.commands;

import org.jspecify.annotations.NullMarked;
