/**
 * Help of a command, and scripts that complete commands in a shell, both made from the commands'
 * own model. To read first: {@link dev.daybook.cli.help.HelpCommand}.
 */
@NullMarked
package dev.daybook.cli.help;

import org.jspecify.annotations.NullMarked;
