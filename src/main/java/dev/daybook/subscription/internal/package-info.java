/**
 * Subscriptions and the notifier. {@link JooqSubscriptions} is the contract's implementation; a
 * {@link RunningSubscription} waits for its lease, and a {@link LeasedRun} reads events and has
 * them handled while it has the lease. One {@link Heartbeat} serves all subscriptions of a Daybook.
 */
@NullMarked
package dev.daybook.subscription.internal;

import org.jspecify.annotations.NullMarked;
