package dev.daybook.opentelemetry;

import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.TracingConformance;
import io.opentelemetry.api.OpenTelemetry;

class DaybookTracingTest extends TracingConformance {

  DaybookTracingTest() {
    super(true);
  }

  @Override
  protected StoreObserver tracing(OpenTelemetry openTelemetry) {
    return DaybookTracing.of(openTelemetry);
  }
}
