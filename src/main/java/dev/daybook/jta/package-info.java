/**
 * Daybook in applications whose transactions are those of JTA, such as Quarkus. Needs {@code
 * jakarta.transaction:jakarta.transaction-api}; no other package of Daybook uses this one, or JTA.
 */
@NullMarked
package dev.daybook.jta;

import org.jspecify.annotations.NullMarked;
