/**
 * Bringing the lines of a file into a journal: which lines there are, what event each of them is,
 * and how an interrupted import continues. {@link dev.daybook.cli.importing.ImportCommand} is the
 * command, {@link dev.daybook.cli.importing.Importer} does the work. {@link
 * dev.daybook.cli.json.JsonLine} decides which JSON is accepted, here and in other commands.
 */
@NullMarked
package dev.daybook.cli.importing;

import org.jspecify.annotations.NullMarked;
