package dev.daybook.internal.dialect;

import dev.daybook.settings.Synchronous;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How connections are to be set up.
 *
 * @param wal whether to use a write-ahead log; {@code null} if it was not asked for
 * @param synchronous when to wait for the disk; {@code null} if it was not asked for
 * @param busyTimeout how long to wait for another connection's lock
 * @param busyTimeoutAsked whether that was asked for
 * @param pollInterval how often to check for other connections' commits, zero for never; {@code
 *     null} if it was not asked for
 * @param cache what the connections may keep of the file in memory; {@code null} if it was not
 *     asked for
 * @param push whether other processes are notified of commits at once; {@code null} if it was not
 *     asked for
 * @param walCheckpoints whether the store moves its write-ahead log into the database; {@code null}
 *     if it was not asked for
 */
public record ConnectionOptions(
    @Nullable Boolean wal,
    @Nullable Synchronous synchronous,
    Duration busyTimeout,
    boolean busyTimeoutAsked,
    @Nullable Duration pollInterval,
    @Nullable CacheBudget cache,
    @Nullable Boolean push,
    @Nullable Boolean walCheckpoints) {}
