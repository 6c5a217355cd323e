/**
 * Copying a store into another database. Begin with {@link StoreTransfer}: a {@link CopyPreflight}
 * checks whether the target may be written, its {@link HeldMark} there stores the progress of the
 * copy, {@link EventCopy} copies the journal, {@link Differences} finds what else has changed, and
 * a {@link Comparison} proves that both are equal.
 */
@NullMarked
package dev.daybook.transfer.internal;

import org.jspecify.annotations.NullMarked;
