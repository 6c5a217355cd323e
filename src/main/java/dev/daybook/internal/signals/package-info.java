/**
 * How waiting threads learn of a commit at once. {@link CommitSignal} wakes them: after each commit
 * of this Daybook, and when a {@link CommitPoller} has noticed one of another process, by polling
 * or by a notification. A {@link CommitPusher} makes the database notify other processes of ours.
 * {@code internal.database} opens and closes all three.
 */
@NullMarked
package dev.daybook.internal.signals;

import org.jspecify.annotations.NullMarked;
