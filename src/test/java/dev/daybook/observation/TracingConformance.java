package dev.daybook.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans that a real exporter gets, by whichever library they are made. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class TracingConformance {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder()
          .setSampler(Sampler.alwaysOn())
          .addSpanProcessor(SimpleSpanProcessor.create(exporter))
          .build();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(provider)
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();
  private final boolean links;

  @TempDir private Path directory;
  private Daybook daybook;
  private Journal<ParcelEvent> journal;

  /**
   * @param links whether spans of handlers have links
   */
  protected TracingConformance(boolean links) {
    this.links = links;
  }

  /** What makes the spans. */
  protected abstract StoreObserver tracing(OpenTelemetry openTelemetry);

  @BeforeEach
  void open() {
    daybook = Daybook.builder(directory.resolve("traced.db")).observe(tracing(sdk)).build();
    journal = daybook.journal(ParcelEvent.class);
  }

  @AfterEach
  void close() {
    daybook.close();
    sdk.close();
  }

  private void runToTheEnd(Subscriber<ParcelEvent> subscriber) throws InterruptedException {
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      Await.position(subscription, journal.latestPosition());
    }
  }

  private List<SpanData> spans(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .toList();
  }

  private SpanData append(int number) {
    return spans("daybook append").get(number);
  }

  @Test
  void an_append_is_a_producer_whose_context_is_stored_with_its_events() {
    Span request = sdk.getTracer("test").spanBuilder("request").startSpan();
    List<RecordedEvent<ParcelEvent>> events;
    try (Scope scope = request.makeCurrent()) {
      assertThat(scope).isNotEqualTo(Scope.noop());
      events =
          journal.append(
              Append.of(
                  "a",
                  ExpectedSeq.any(),
                  NewEvent.of(ParcelEvent.moved(1)),
                  NewEvent.of(ParcelEvent.moved(2))
                      .withMetadata(Metadata.of("traceparent", "its own"))));
    }
    request.end();

    SpanData append = append(0);
    assertThat(append.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(append.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
    assertThat(append.getTraceId()).isEqualTo(request.getSpanContext().getTraceId());
    assertThat(append.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
    assertThat(events.get(0).metadata().get("traceparent"))
        .contains("00-%s-%s-01".formatted(append.getTraceId(), append.getSpanId()));
    assertThat(events.get(1).metadata().get("traceparent")).contains("its own");
    assertThat(journal.read(EventQuery.stream("a")).get(0).metadata())
        .isEqualTo(events.get(0).metadata());
    assertThat(Span.current()).isEqualTo(Span.getInvalid());
  }

  @Test
  void a_handler_is_a_consumer_in_the_trace_of_the_append_and_so_is_what_it_appends()
      throws Exception {
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
    List<String> current = new ArrayList<>();

    runToTheEnd(
        Subscriber.of(
                "copying",
                journal,
                ExactlyOnce.<ParcelEvent>each(
                    (transaction, event) -> {
                      current.add(Span.current().getSpanContext().getSpanId());
                      daybook
                          .within(transaction)
                          .journal(ParcelEvent.class)
                          .append("copy", ExpectedSeq.any(), event.data());
                    }))
            .select(EventQuery.stream("a")));

    List<SpanData> handles = spans("daybook handle");
    assertThat(handles).hasSize(2);
    for (int i = 0; i < 2; i++) {
      SpanData handle = handles.get(i);
      assertThat(handle.getKind()).isEqualTo(SpanKind.CONSUMER);
      assertThat(handle.getTraceId()).isEqualTo(append(i).getTraceId());
      assertThat(handle.getParentSpanId()).isEqualTo(append(i).getSpanId());
      assertThat(handle.getLinks().stream().map(link -> link.getSpanContext().getSpanId()))
          .isEqualTo(links ? List.of(append(i).getSpanId()) : List.of());
      assertThat(current.get(i)).isEqualTo(handle.getSpanId());
      SpanData copy = append(2 + i);
      assertThat(copy.getParentSpanId()).isEqualTo(handle.getSpanId());
      assertThat(copy.getTraceId()).isEqualTo(append(i).getTraceId());
    }
    assertThat(append(0).getTraceId()).isNotEqualTo(append(1).getTraceId());
  }

  @Test
  void a_batch_has_a_trace_of_its_own_that_links_to_all() throws Exception {
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(2));
    runToTheEnd(Subscriber.of("batch", journal, AtLeastOnce.inBatches(10, events -> {})));

    SpanData handle = spans("daybook handle").get(0);
    assertThat(handle.getParentSpanContext().isValid()).isFalse();
    assertThat(handle.getLinks().stream().map(link -> link.getSpanContext().getSpanId()))
        .isEqualTo(links ? List.of(append(0).getSpanId(), append(1).getSpanId()) : List.of());
  }

  @Test
  void tracestate_goes_along() throws Exception {
    Span request = sdk.getTracer("test").spanBuilder("request").startSpan();
    Span remote =
        Span.wrap(
            SpanContext.createFromRemoteParent(
                request.getSpanContext().getTraceId(),
                request.getSpanContext().getSpanId(),
                request.getSpanContext().getTraceFlags(),
                TraceState.builder().put("vendor", "value").build()));
    try (Scope scope = Context.root().with(remote).makeCurrent()) {
      assertThat(scope).isNotEqualTo(Scope.noop());
      assertThat(
              journal
                  .append("a", ExpectedSeq.any(), ParcelEvent.moved(1))
                  .metadata()
                  .get("tracestate"))
          .contains("vendor=value");
    }
    request.end();
    runToTheEnd(Subscriber.of("reading", journal, AtLeastOnce.each(event -> {})));
    assertThat(spans("daybook handle").get(0).getSpanContext().getTraceState().get("vendor"))
        .isEqualTo("value");
  }

  @Test
  void failures_are_errors_of_their_spans() throws Exception {
    journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1)))
        .isInstanceOf(ConflictException.class);
    runToTheEnd(
        Subscriber.of(
                "failing",
                journal,
                AtLeastOnce.<ParcelEvent>each(
                    event -> {
                      throw new IllegalArgumentException("no");
                    }))
            .onFailure(OnFailure.skip()));

    for (SpanData failed : List.of(append(1), spans("daybook handle").get(0))) {
      assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(failed.getEvents().toString()).contains("exception");
    }
    assertThat(append(1).getAttributes().asMap().toString()).contains("conflict");
    assertThat(spans("daybook handle").get(0).getAttributes().asMap().toString())
        .contains("failing", "failed");
  }

  @Test
  void events_without_a_context_are_handled_all_the_same() throws Exception {
    try (Daybook untraced = Daybook.open(directory.resolve("traced.db"))) {
      untraced.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    }
    runToTheEnd(Subscriber.of("reading", journal, AtLeastOnce.each(event -> {})));
    SpanData handle = spans("daybook handle").get(0);
    assertThat(handle.getParentSpanContext().isValid()).isFalse();
    assertThat(handle.getLinks()).isEmpty();
  }
}
