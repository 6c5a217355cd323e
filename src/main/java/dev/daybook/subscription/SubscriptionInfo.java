package dev.daybook.subscription;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a subscription stands in the database, whichever process runs it.
 *
 * @param name its name
 * @param position the position up to which it has saved that it is done
 * @param updatedAt when it saved that
 * @param lagEvents how many events of the journal are behind that position, whether it selects them
 *     or not
 * @param lagTime the age of the first of them; zero if there is none
 * @param owner who has its lease; empty if nobody has, or whoever has is known to be gone
 * @param deadLetters how many events it has put aside, with those that wait behind others
 * @param pausedAt when it was asked to {@link Subscriptions#pause pause}; empty if it is to work. A
 *     pause that only {@link Subscription#pause} asked for stands in no database
 * @param stop that it has stopped by itself; empty if it never did, or somebody has worked on it
 *     since
 */
public record SubscriptionInfo(
    String name,
    long position,
    Instant updatedAt,
    long lagEvents,
    Duration lagTime,
    Optional<String> owner,
    long deadLetters,
    Optional<Instant> pausedAt,
    Optional<SubscriptionStop> stop) {}
