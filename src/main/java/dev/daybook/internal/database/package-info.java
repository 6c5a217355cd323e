/**
 * An open database, from its first use to its close. {@link Database} is what repositories, the
 * maintenance and the copy are made on; its {@link Lifetime} opens and closes it, and {@link
 * CallerTransactions} begins and joins the transactions of callers. {@link Opening} chooses, by
 * dialect and options, what it is put together from: connections from {@code internal.access},
 * notification of commits from {@code internal.signals}, tables by {@code internal.schema}.
 */
@NullMarked
package dev.daybook.internal.database;

import org.jspecify.annotations.NullMarked;
