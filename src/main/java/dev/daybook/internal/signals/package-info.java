/**
 * How a subscriber learns at once that somebody has committed: in this process, in another process,
 * on another machine. {@link CommitSignal} tells its listeners; it hears from the writer, from a
 * {@link CommitPoller} that looks for commits of others, and from a {@link CommitPusher} that the
 * database notifies. {@code internal.database} opens and closes them.
 */
@NullMarked
package dev.daybook.internal.signals;

import org.jspecify.annotations.NullMarked;
