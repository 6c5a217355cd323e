/** An opened database: its connections, its one writer, its life from the first use to close. */
@NullMarked
package dev.daybook.internal.database;

import org.jspecify.annotations.NullMarked;
