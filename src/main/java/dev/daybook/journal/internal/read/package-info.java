/**
 * Reads events: which statement answers a query ({@link EventReads}, and {@link EventSelects} if it
 * has a filter), rows to events ({@link EventRows}), up to which position a reader may read where
 * several transactions write ({@link Watermark}), and what follows the journal page by page ({@link
 * JournalFeed}, which subscriptions and live queries use). Begin with {@link EventReader}; what all
 * of them share is a {@link ReadableJournal}.
 */
@NullMarked
package dev.daybook.journal.internal.read;

import org.jspecify.annotations.NullMarked;
