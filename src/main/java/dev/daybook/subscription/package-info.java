/**
 * Subscriptions: handlers that are given every event from some point on, what is there first and
 * then what comes, and a checkpoint that outlives them. {@link
 * dev.daybook.subscription.Subscriptions} is the contract.
 */
@NullMarked
package dev.daybook.subscription;

import org.jspecify.annotations.NullMarked;
