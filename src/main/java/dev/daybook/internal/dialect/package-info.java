/**
 * What differs by database, as an interface: {@link Dialect}, and what its methods take and give.
 * All packages that have SQL use it; it knows no driver. The two databases are the packages {@code
 * sqlite} and {@code postgres}, and {@code internal.connections} chooses one of them. Plain SQL is
 * allowed here and in these two only.
 */
@NullMarked
package dev.daybook.internal.dialect;

import org.jspecify.annotations.NullMarked;
