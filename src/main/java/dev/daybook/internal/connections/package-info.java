/**
 * Which database it is: by its URL, or by a connection ({@link Databases}), and the connections
 * that a caller's data source lends ({@link LentConnections}). {@code internal.database} uses this
 * package to open a database.
 */
@NullMarked
package dev.daybook.internal.connections;

import org.jspecify.annotations.NullMarked;
