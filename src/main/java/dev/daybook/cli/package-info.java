/** The command line: what an operator does with a journal. Packed into its own jar only. */
@NullMarked
package dev.daybook.cli;

import org.jspecify.annotations.NullMarked;
