package dev.daybook.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.TracingConformance;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import org.junit.jupiter.api.Test;

class DaybookObservationsTest extends TracingConformance {

  DaybookObservationsTest() {
    super(false);
  }

  /** As Spring Boot puts it together. */
  @Override
  protected StoreObserver tracing(OpenTelemetry openTelemetry) {
    Tracer otel = openTelemetry.getTracer("test");
    OtelTracer tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
    OtelPropagator propagator = new OtelPropagator(openTelemetry.getPropagators(), otel);
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler.FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                new DefaultTracingObservationHandler(tracer)));
    return DaybookObservations.of(registry);
  }

  @Test
  void one_registry_may_have_its_timers_and_the_meters_too() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    try (Daybook daybook = Daybook.inMemory()) {
      DaybookMetrics.of(daybook).bindTo(meters);
      daybook.observe(DaybookObservations.of(registry));
      daybook.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), ParcelEvent.moved(1));

      assertThat(meters.get("daybook.append").tag("outcome", "appended").timer().count()).isOne();
      assertThat(meters.get("daybook.appending").tag("outcome", "appended").timer().count())
          .isOne();
    }
  }
}
