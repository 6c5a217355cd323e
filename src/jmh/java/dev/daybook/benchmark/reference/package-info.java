/** The other side: what a careful person would write by hand with JDBC, for the same tables. */
@NullMarked
package dev.daybook.benchmark.reference;

import org.jspecify.annotations.NullMarked;
