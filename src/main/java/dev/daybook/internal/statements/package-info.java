/**
 * Typed jOOQ is rendered here once, and then run through prepared statements that are kept: so the
 * frequent paths pay for JDBC and not for rendering. No other package runs statements, and all
 * packages that have SQL use this one. Begin with {@link Script}, one statement or several as text,
 * {@link Session}, the connection that it runs on, and {@link Execution}, one run of a script; a
 * {@link RowQuery} is a query with its parameters and its rows.
 */
@NullMarked
package dev.daybook.internal.statements;

import org.jspecify.annotations.NullMarked;
