/**
 * Where the work of a repository runs: each of them gets a {@link SqlAccess}. In a caller's
 * transaction, jOOQ's or one on a connection of the caller's, that is {@link
 * CallerTransactionAccess}, which keeps to the caller's connection and learns how the transaction
 * ends; what is rolled back as a whole takes no savepoints in it ({@link AllOrNothing}). On the
 * store's own connections it is what {@code internal.access} makes of it.
 */
@NullMarked
package dev.daybook.internal.transactions;

import org.jspecify.annotations.NullMarked;
