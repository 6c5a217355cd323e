/**
 * Events that a handler could not handle: parked, asked for again, dropped. Begin with {@link
 * DeadLetters}, which subscriptions and their operators use alike.
 */
@NullMarked
package dev.daybook.subscription.internal.deadletters;

import org.jspecify.annotations.NullMarked;
