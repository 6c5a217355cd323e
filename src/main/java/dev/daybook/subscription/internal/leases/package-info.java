/**
 * Who runs a subscription, as its row in the database says: one process at a time, by a lease with
 * a fence. Begin with {@link Leases}; a {@link Vigil} finds out whether a holder is still alive.
 */
@NullMarked
package dev.daybook.subscription.internal.leases;

import org.jspecify.annotations.NullMarked;
