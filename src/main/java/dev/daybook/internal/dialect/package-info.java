/**
 * What differs from one database to another, and nothing else: the only place for plain SQL and for
 * types of a JDBC driver.
 */
@NullMarked
package dev.daybook.internal.dialect;

import org.jspecify.annotations.NullMarked;
