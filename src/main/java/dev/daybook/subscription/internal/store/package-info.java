/**
 * The tables of subscriptions: what is run on them, and what all subscriptions of one Daybook
 * share. The other packages use it, and it knows none of them. Begin with {@link
 * SubscriptionStore}.
 */
@NullMarked
package dev.daybook.subscription.internal.store;

import org.jspecify.annotations.NullMarked;
