package dev.daybook.opentelemetry;

import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.HandledEvent;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.StoreObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spans for appends and for calls of handlers, by OpenTelemetry's API. Attached by {@link
 * dev.daybook.DaybookBuilder#observe}.
 *
 * <p>A span {@code daybook append}, of the kind producer, is a child of the thread's current span.
 * Its context is stored with the events, as metadata by the names {@code traceparent} and {@code
 * tracestate} of the W3C. It is current while the append is written.
 *
 * <p>A span {@code daybook handle}, of the kind consumer, is linked to the append of each event
 * that the handler is called with. For a single event it is also a child of that append, so that
 * one trace has both. It is current while the handler runs, and what the handler appends is a child
 * of it.
 */
public final class DaybookTracing implements StoreObserver {

  private static final String SCOPE = "dev.daybook";
  private static final AttributeKey<Long> EVENTS = AttributeKey.longKey("daybook.events");
  private static final AttributeKey<String> STREAM = AttributeKey.stringKey("daybook.stream");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("daybook.outcome");
  private static final AttributeKey<String> SUBSCRIPTION =
      AttributeKey.stringKey("daybook.subscription");

  private static final TextMapPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();

  private final Tracer tracer;

  private DaybookTracing(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Makes spans by a tracer of the name {@code dev.daybook}. */
  public static DaybookTracing of(OpenTelemetry openTelemetry) {
    return new DaybookTracing(openTelemetry.getTracer(SCOPE));
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // Closed at the end.
  public Ending<AppendEnd> appending(AppendCall call) {
    Span span =
        tracer
            .spanBuilder("daybook append")
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(EVENTS, (long) call.events())
            .startSpan();
    call.streamId().ifPresent(stream -> span.setAttribute(STREAM, stream));
    PROPAGATOR.inject(Context.current().with(span), call, DaybookTracing::add);
    Scope scope = span.makeCurrent();
    return how -> {
      scope.close();
      span.setAttribute(OUTCOME, how.outcome().name().toLowerCase(Locale.ROOT));
      end(span, how.failure());
    };
  }

  private static void add(@Nullable AppendCall call, String name, String value) {
    if (call != null) {
      call.addMetadata(name, value);
    }
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // Closed at the end.
  public Ending<CallEnd> handling(HandlerCall call) {
    List<Context> appends = call.events().stream().map(DaybookTracing::contextOfAppend).toList();
    SpanBuilder builder =
        tracer
            .spanBuilder("daybook handle")
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(EVENTS, (long) call.events().size())
            .setAttribute(SUBSCRIPTION, call.subscription());
    if (appends.size() == 1) {
      builder.setParent(appends.get(0));
      builder.setAttribute(STREAM, call.events().get(0).streamId());
    }
    appends.stream()
        .map(context -> Span.fromContext(context).getSpanContext())
        .filter(SpanContext::isValid)
        .forEach(builder::addLink);
    Span span = builder.startSpan();
    Scope scope = span.makeCurrent();
    return how -> {
      scope.close();
      span.setAttribute(OUTCOME, how.failure().isPresent() ? "failed" : "handled");
      end(span, how.failure());
    };
  }

  private static Context contextOfAppend(HandledEvent event) {
    return PROPAGATOR.extract(Context.root(), event.metadata(), Names.GETTER);
  }

  private static void end(Span span, Optional<Throwable> failure) {
    failure.ifPresent(
        thrown -> {
          span.recordException(thrown);
          span.setStatus(StatusCode.ERROR);
        });
    span.end();
  }

  /** The names of metadata. */
  private enum Names implements TextMapGetter<Map<String, String>> {
    GETTER;

    @Override
    public Iterable<String> keys(Map<String, String> metadata) {
      return metadata.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> metadata, String name) {
      return metadata == null ? null : metadata.get(name);
    }
  }
}
