/**
 * Maintenance of a database. {@link dev.daybook.maintenance.internal.JooqMaintenance} is where each
 * operation begins; the doctor is here, and the larger ones have their own packages.
 */
@NullMarked
package dev.daybook.maintenance.internal;

import org.jspecify.annotations.NullMarked;
