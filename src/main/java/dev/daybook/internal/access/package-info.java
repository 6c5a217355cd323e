/**
 * The store's own connections, and which may be used when: readers, and one writer or several. Only
 * {@code internal.database} and {@code internal.signals} use this package; all other packages get
 * what it implements, {@code internal.transactions.SqlAccess}. Begin with {@link StoreAccess}, and
 * its implementations for a database with one writer ({@link SingleWriterAccess}, whose write-ahead
 * log the {@link LogMover} keeps short) and with several ({@link PooledAccess}).
 */
@NullMarked
package dev.daybook.internal.access;

import org.jspecify.annotations.NullMarked;
