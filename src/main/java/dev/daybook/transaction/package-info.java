/**
 * Transactions. The work of one that {@code daybook.transaction(…)} runs: {@link
 * dev.daybook.transaction.TransactionWork} returns nothing, {@link
 * dev.daybook.transaction.TransactionFunction} returns a result. And what a framework implements
 * whose transactions Daybook is to join: {@link dev.daybook.transaction.TransactionHost}.
 */
@NullMarked
package dev.daybook.transaction;

import org.jspecify.annotations.NullMarked;
