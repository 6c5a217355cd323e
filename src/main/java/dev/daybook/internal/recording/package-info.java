/**
 * The events that Daybook writes into recordings of Java Flight Recorder: {@link FlightRecordings}.
 * The JDK's module {@code jdk.jfr} may be missing; no other package knows it.
 */
@NullMarked
package dev.daybook.internal.recording;

import org.jspecify.annotations.NullMarked;
