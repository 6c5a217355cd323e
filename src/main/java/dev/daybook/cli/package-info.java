/**
 * The command line: what an operator does with a journal. Packed into its own jar only. Begin with
 * {@link dev.daybook.cli.Main}; {@link dev.daybook.cli.commands.CommandTable} says which commands
 * there are.
 */
@NullMarked
package dev.daybook.cli;

import org.jspecify.annotations.NullMarked;
