package dev.daybook.subscription;

import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.HandledEvent;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.StoreObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says of each event that a handler appends what caused it. Attached by {@link
 * dev.daybook.DaybookBuilder#observe}, it adds metadata to what is appended on the handler's thread
 * while the handler is called:
 *
 * <ul>
 *   <li>{@link Metadata#CAUSATION_ID}: the {@linkplain #idOf id} of the handled event;
 *   <li>{@link Metadata#CORRELATION_ID}: the correlation id of the handled event, or its id if it
 *       has none, since then it is the first of the chain.
 * </ul>
 *
 * <p>A batch of several events has no one cause: only a correlation id that all of them have is
 * passed on. What an event or the default metadata says itself wins. Appends on other threads get
 * nothing.
 */
public final class Causation implements StoreObserver {

  private final ThreadLocal<Map<String, String>> ofHandled = ThreadLocal.withInitial(Map::of);

  /** The id of an event: its stream and its number there, such as {@code account-7#3}. */
  public static String idOf(RecordedEvent<?> event) {
    return id(event.streamId(), event.seq());
  }

  private static String id(String streamId, long seq) {
    return streamId + '#' + seq;
  }

  @Override
  public Ending<CallEnd> handling(HandlerCall call) {
    ofHandled.set(passedOn(call.events()));
    return how -> ofHandled.remove();
  }

  @Override
  public Ending<AppendEnd> appending(AppendCall call) {
    ofHandled.get().forEach(call::addMetadata);
    return Ending.none();
  }

  private static Map<String, String> passedOn(List<HandledEvent> events) {
    HandledEvent first = events.get(0);
    Map<String, String> passedOn = new HashMap<>();
    if (events.size() == 1) {
      String id = id(first.streamId(), first.seq());
      passedOn.put(Metadata.CAUSATION_ID, id);
      passedOn.put(Metadata.CORRELATION_ID, correlationId(first).orElse(id));
    } else if (events.stream().map(Causation::correlationId).distinct().count() == 1) {
      correlationId(first).ifPresent(id -> passedOn.put(Metadata.CORRELATION_ID, id));
    }
    return passedOn;
  }

  private static Optional<String> correlationId(HandledEvent event) {
    return Optional.ofNullable(event.metadata().get(Metadata.CORRELATION_ID));
  }
}
