package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.micrometer.DaybookObservations;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.StoreObserver;
import dev.daybook.opentelemetry.DaybookTracing;
import dev.daybook.spring.boot.Applications.Order;
import dev.daybook.spring.boot.Applications.Order.Placed;
import dev.daybook.spring.boot.Applications.Orders;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What is traced, by what the application has for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TracingBeansTest {

  private final List<String> observed = new ArrayList<>();
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetry openTelemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .build();

  private static ApplicationContextRunner application() {
    return Applications.bare()
        .withConfiguration(AutoConfigurations.of(tracing("Observation"), tracing("OpenTelemetry")))
        .withUserConfiguration(Orders.class)
        .withPropertyValues("daybook.url=:memory:");
  }

  private static Class<?> tracing(String by) {
    try {
      return Class.forName("dev.daybook.spring.boot.internal." + by + "AutoConfiguration");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private ObservationRegistry registry() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry.observationConfig().observationHandler(new Noting());
    return registry;
  }

  /** Notes what has been observed. */
  private final class Noting implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      observed.add(context.getContextualName());
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }

  @SuppressWarnings("unchecked") // From Spring: a bean's class does not say of what.
  private List<String> traced(ApplicationContext application) {
    Journal<Order> journal = application.getBean(Journal.class);
    journal.append("order-1", ExpectedSeq.any(), new Placed("tea"));
    List<String> all = new ArrayList<>(observed);
    exporter.getFinishedSpanItems().stream().map(SpanData::getName).forEach(all::add);
    return all;
  }

  @Test
  void a_registry_observes_each_append() {
    application()
        .withBean(ObservationRegistry.class, this::registry)
        .run(it -> assertThat(traced(it)).containsExactly("daybook append"));
  }

  @Test
  void opentelemetry_makes_the_spans_where_micrometer_makes_none() {
    application()
        .withBean(OpenTelemetry.class, () -> openTelemetry)
        .run(it -> assertThat(traced(it)).containsExactly("daybook append"));
    application()
        .withBean(OpenTelemetry.class, () -> openTelemetry)
        .withBean(ObservationRegistry.class, this::registry)
        .run(
            it ->
                assertThat(it)
                    .hasSingleBean(DaybookObservations.class)
                    .hasSingleBean(DaybookTracing.class));
  }

  @Test
  void where_micrometer_makes_spans_opentelemetry_makes_none_besides() {
    application()
        .withBean(OpenTelemetry.class, () -> openTelemetry)
        .withBean(ObservationRegistry.class, this::registry)
        .withBean(Tracer.class, () -> Tracer.NOOP)
        .run(
            it ->
                assertThat(it)
                    .hasSingleBean(DaybookObservations.class)
                    .doesNotHaveBean(DaybookTracing.class));
  }

  @Test
  void switched_off_nothing_is_traced() {
    application()
        .withBean(OpenTelemetry.class, () -> openTelemetry)
        .withBean(ObservationRegistry.class, this::registry)
        .withPropertyValues("daybook.tracing.enabled=false")
        .run(it -> assertThat(traced(it)).isEmpty());
  }

  @Test
  void without_the_libraries_the_application_starts() {
    application()
        .withClassLoader(new FilteredClassLoader("io.micrometer", "io.opentelemetry"))
        .run(it -> assertThat(it).hasSingleBean(Daybook.class));
  }

  @Test
  void observers_of_the_application_are_attached() {
    application()
        .withBean(
            StoreObserver.class,
            () ->
                new StoreObserver() {
                  @Override
                  public Ending<AppendEnd> appending(AppendCall call) {
                    observed.add("appending " + call.events());
                    return Ending.none();
                  }
                })
        .run(it -> assertThat(traced(it)).containsExactly("appending 1"));
  }
}
