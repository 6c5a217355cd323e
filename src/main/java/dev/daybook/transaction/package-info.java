/**
 * The work of a transaction that {@code daybook.transaction(…)} begins: {@link
 * dev.daybook.transaction.TransactionWork} returns nothing, {@link
 * dev.daybook.transaction.TransactionFunction} returns a result.
 */
@NullMarked
package dev.daybook.transaction;

import org.jspecify.annotations.NullMarked;
