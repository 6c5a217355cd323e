/**
 * The commands that work on a whole store: migrate, backup, restore, copy, verify, doctor, stats.
 * {@link dev.daybook.cli.commands.CommandTable} makes them, and nothing else uses them.
 */
@NullMarked
package dev.daybook.cli.operations;

import org.jspecify.annotations.NullMarked;
