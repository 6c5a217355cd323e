/**
 * Calls a handler with events: on one lane or on several ({@link Lanes}), again after a failure
 * ({@link Attempts}), until it gives up and parks the event ({@link GivingUp}), and saves the
 * position ({@link Checkpointing}). A {@code LeasedRun} reads the events and uses this package.
 */
@NullMarked
package dev.daybook.subscription.internal.handling;

import org.jspecify.annotations.NullMarked;
