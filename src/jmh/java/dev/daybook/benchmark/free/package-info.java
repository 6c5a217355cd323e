/**
 * The free reference: the best JDBC that one would write for just what is compared, on tables that
 * are made for nothing else.
 */
@NullMarked
package dev.daybook.benchmark.free;

import org.jspecify.annotations.NullMarked;
