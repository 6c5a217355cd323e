package dev.daybook.subscription;

import java.time.Instant;
import java.util.Optional;

/**
 * An event that a subscription has put aside. The event itself is still in the journal, unless it
 * was deleted there or its stream was moved to another store.
 *
 * @param subscription the subscription's name
 * @param position the event's position when it was put aside; it has another one if its stream was
 *     moved to another store and back since
 * @param streamId the event's stream
 * @param seq the event's sequence number
 * @param type the event's type
 * @param attempts how often it was tried; 0 if it waits behind an earlier event of its stream
 * @param error what the last attempt threw
 * @param parkedAt when it was put aside, or last failed again
 * @param retryAskedAt when a retry was asked for that has not been made yet
 * @param holdsStream whether later events of its stream are put aside behind it, untried, until
 *     this one is retried with success or dropped: {@link OnFailure#parkStream}
 * @param stackTrace where the last failure came from, shortened in the middle if it is long; empty
 *     if it was put aside by a version of Daybook that did not keep that
 */
public record DeadLetter(
    String subscription,
    long position,
    String streamId,
    long seq,
    String type,
    long attempts,
    String error,
    Instant parkedAt,
    Optional<Instant> retryAskedAt,
    boolean holdsStream,
    Optional<String> stackTrace) {}
