package dev.daybook.subscription;

import java.time.Instant;

/**
 * When and why a subscription has stopped by itself.
 *
 * @param at when
 * @param position the position of the event at which it stopped; if the reason is not an event, the
 *     position up to which it had handled everything
 * @param reason why: the failure's class and its message, shortened if they are long
 */
public record SubscriptionStop(Instant at, long position, String reason) {}
