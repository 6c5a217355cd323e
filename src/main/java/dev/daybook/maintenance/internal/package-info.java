/** Maintenance over the database as a whole and statements built by jOOQ. */
@NullMarked
package dev.daybook.maintenance.internal;

import org.jspecify.annotations.NullMarked;
