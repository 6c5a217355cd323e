/** The journal's implementation: its statements, its rows, its way of appending and reading. */
@NullMarked
package dev.daybook.journal.internal;

import org.jspecify.annotations.NullMarked;
