package dev.daybook.micrometer;

import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.HandledEvent;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.StoreObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Observations of appends and of calls of handlers, of which Micrometer Tracing makes spans.
 * Attached by {@link dev.daybook.DaybookBuilder#observe}.
 *
 * <p>{@code daybook.appending}, with the span {@code daybook append}, is a sender of the kind
 * producer. What its tracing propagates, such as {@code traceparent} and {@code tracestate}, is
 * stored with the events as metadata. It is current while the append is written. Its key values are
 * {@code outcome}, and for traces alone {@code daybook.stream} and {@code daybook.events}.
 *
 * <p>{@code daybook.handling}, with the span {@code daybook handle}, is a receiver of the kind
 * consumer, and for a single event a child of its append. A batch of several events begins another
 * trace, because an observation can have no links. It is current while the handler runs. Its key
 * values are {@code subscription} and {@code outcome}, and for traces alone those two.
 *
 * <p>The names differ from those of {@link DaybookMetrics}, so that a registry may have both.
 */
public final class DaybookObservations implements StoreObserver {

  private static final String STREAM = "daybook.stream";
  private static final String EVENTS = "daybook.events";

  private final ObservationRegistry registry;

  private DaybookObservations(ObservationRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /** Observations of this registry. */
  public static DaybookObservations of(ObservationRegistry registry) {
    return new DaybookObservations(registry);
  }

  @Override
  public Ending<AppendEnd> appending(AppendCall call) {
    SenderContext<AppendCall> context =
        new SenderContext<>(
            (to, name, value) -> Objects.requireNonNull(to).addMetadata(name, value),
            Kind.PRODUCER);
    context.setCarrier(call);
    Observation observation =
        Observation.createNotStarted("daybook.appending", () -> context, registry)
            .contextualName("daybook append")
            .highCardinalityKeyValue(EVENTS, String.valueOf(call.events()));
    call.streamId().ifPresent(stream -> observation.highCardinalityKeyValue(STREAM, stream));
    Observation.Scope scope = observation.start().openScope();
    return how ->
        end(observation, scope, how.outcome().name().toLowerCase(Locale.ROOT), how.failure());
  }

  @Override
  public Ending<CallEnd> handling(HandlerCall call) {
    List<HandledEvent> events = call.events();
    ReceiverContext<Map<String, String>> context =
        new ReceiverContext<>((from, name) -> from.get(name), Kind.CONSUMER);
    context.setCarrier(events.size() == 1 ? events.get(0).metadata() : Map.of());
    Observation observation =
        Observation.createNotStarted("daybook.handling", () -> context, registry)
            .contextualName("daybook handle")
            .lowCardinalityKeyValue("subscription", call.subscription())
            .highCardinalityKeyValue(EVENTS, String.valueOf(events.size()));
    if (events.size() == 1) {
      observation.highCardinalityKeyValue(STREAM, events.get(0).streamId());
    }
    Observation.Scope scope = observation.start().openScope();
    return how ->
        end(observation, scope, how.failure().isPresent() ? "failed" : "handled", how.failure());
  }

  private static void end(
      Observation observation,
      Observation.Scope scope,
      String outcome,
      Optional<Throwable> failure) {
    scope.close();
    failure.ifPresent(observation::error);
    observation.lowCardinalityKeyValue("outcome", outcome).stop();
  }
}
