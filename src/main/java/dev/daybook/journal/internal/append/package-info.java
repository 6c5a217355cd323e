/**
 * Writes events. An {@link AppendRequest} goes through group commit to the {@link AppendWriter}: as
 * one statement where the database takes that ({@link OneStatementAppend}), otherwise by the {@link
 * Appender}, which checks each append in order and has an {@link EventWriter} write them. After the
 * commit the {@link AppendListeners} notify. What all writers share is a {@link WritableJournal}.
 */
@NullMarked
package dev.daybook.journal.internal.append;

import org.jspecify.annotations.NullMarked;
