/**
 * Subscriptions: handlers that get every event from some position on, first the existing ones and
 * then new ones, and a checkpoint that is kept between runs. {@link
 * dev.daybook.subscription.Subscriptions} is the contract. An inline projection is an exactly-once
 * handler that appends call themselves, in their transactions.
 */
@NullMarked
package dev.daybook.subscription;

import org.jspecify.annotations.NullMarked;
