/**
 * The store's own connections, and who may use which when: readers, and one writer or several. Only
 * {@code internal.database} and {@code internal.signals} use this room; everybody else is given
 * what it implements, {@code internal.transactions.Sessions}. Begin with {@link StoreSessions}, and
 * its implementations for a database with one writer ({@link OneWriterSessions}, whose write-ahead
 * log the {@link LogMover} keeps short) and with several ({@link ParallelSessions}).
 */
@NullMarked
package dev.daybook.internal.access;

import org.jspecify.annotations.NullMarked;
