/**
 * Subscriptions: handlers that get every event from some position on, first the existing ones and
 * then new ones, and a checkpoint that is kept between runs. {@link
 * dev.daybook.subscription.Subscriptions} is the contract.
 */
@NullMarked
package dev.daybook.subscription;

import org.jspecify.annotations.NullMarked;
