/**
 * The catalogue of every statement that Daybook runs: its text, its plan, and what its plan must
 * be. For every repository and every dialect.
 */
@NullMarked
package dev.daybook.sqlcatalogue;

import org.jspecify.annotations.NullMarked;
