/**
 * Traces by OpenTelemetry. Needs {@code io.opentelemetry:opentelemetry-api}; no other package of
 * Daybook uses this one, or OpenTelemetry.
 */
@NullMarked
package dev.daybook.opentelemetry;

import org.jspecify.annotations.NullMarked;
