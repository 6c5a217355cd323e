package dev.daybook.spring.boot.internal;

import dev.daybook.opentelemetry.DaybookTracing;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Spans of appends and handlers by OpenTelemetry, where Micrometer makes none. An application with
 * Spring Boot's tracing has both, a Micrometer {@code Tracer} that writes to OpenTelemetry: there
 * each span would be made twice. An {@code ObservationRegistry} alone makes no spans, and every
 * application with the actuator has one.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.tracing.BraveAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.tracing.NoopTracerAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.tracing.OpenTelemetryTracingAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
      "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
      "io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration"
    })
@ConditionalOnClass(name = "io.opentelemetry.api.OpenTelemetry")
@ConditionalOnProperty(prefix = "daybook.tracing", name = "enabled", matchIfMissing = true)
final class OpenTelemetryAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(value = DaybookTracing.class, type = "io.micrometer.tracing.Tracer")
  @ConditionalOnSingleCandidate(OpenTelemetry.class)
  DaybookTracing daybookTracing(OpenTelemetry openTelemetry) {
    return DaybookTracing.of(openTelemetry);
  }
}
