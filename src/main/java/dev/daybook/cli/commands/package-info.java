/**
 * The commands on the events, streams, snapshots and documents of a store, a class each. {@link
 * dev.daybook.cli.commands.CommandTable} is the table of all commands and the only type that the
 * rest of the command line knows. Those on a whole store are in {@code cli.operations}.
 */
@NullMarked
package dev.daybook.cli.commands;

import org.jspecify.annotations.NullMarked;
