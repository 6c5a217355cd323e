/**
 * What a Daybook does, for those who watch it: a {@link dev.daybook.observation.StoreObserver} is
 * called for each append, read, handler's call and change of a subscription; {@link
 * dev.daybook.observation.StoreStatus} is the present state at a glance. Metrics, tracing and the
 * events for Java Flight Recorder are made of these.
 */
@NullMarked
package dev.daybook.observation;

import org.jspecify.annotations.NullMarked;
