/**
 * How those who wait learn of a commit at once. {@link CommitSignal} wakes them: after each commit
 * of this Daybook, and when a {@link CommitPoller} has seen one of another process, by looking or
 * because the database has told it. A {@link CommitPusher} has the database tell other processes of
 * ours. {@code internal.database} opens and closes all three.
 */
@NullMarked
package dev.daybook.internal.signals;

import org.jspecify.annotations.NullMarked;
