/**
 * Subscriptions and the notifier. {@link JooqSubscriptions} is the contract's implementation; a
 * {@link RunningSubscription} waits for its lease, and a {@link LeasedRun} reads and has handled
 * what there is while it has it. One {@link Heartbeat} looks after all subscriptions of a Daybook.
 */
@NullMarked
package dev.daybook.subscription.internal;

import org.jspecify.annotations.NullMarked;
