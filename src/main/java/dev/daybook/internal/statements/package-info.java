/**
 * Typed jOOQ is rendered here once, and then run through prepared statements that are kept: so the
 * frequent paths pay for JDBC and not for rendering. No other package runs statements, and all
 * packages that have SQL use this one. Begin with {@link Rendered}, a statement as text, and {@link
 * Session}, the connection that it runs on; a {@link Reading} is a query with its parameters and
 * its rows.
 */
@NullMarked
package dev.daybook.internal.statements;

import org.jspecify.annotations.NullMarked;
