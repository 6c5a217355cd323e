/**
 * The journal itself: {@link JooqJournal} is the contract's implementation, {@link Journals} makes
 * journals for other features. Events are written in the package {@code append}, read in {@code
 * read}, and are what an application sees by {@code types}.
 */
@NullMarked
package dev.daybook.journal.internal;

import org.jspecify.annotations.NullMarked;
