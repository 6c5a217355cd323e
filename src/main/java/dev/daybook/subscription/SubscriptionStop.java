package dev.daybook.subscription;

import java.time.Instant;

/**
 * That a subscription has stopped by itself.
 *
 * @param at when
 * @param position the position of the event at which it stopped; if its reason is no event, the
 *     position up to which it had handled everything
 * @param reason why: the failure's class and its message, shortened if they are long
 */
public record SubscriptionStop(Instant at, long position, String reason) {}
