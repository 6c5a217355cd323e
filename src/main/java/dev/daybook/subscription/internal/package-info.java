/** The subscriptions' implementation: leases, delivery, retries, dead letters. */
@NullMarked
package dev.daybook.subscription.internal;

import org.jspecify.annotations.NullMarked;
