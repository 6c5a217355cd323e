package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.StoreObserver;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Causation;
import dev.daybook.subscription.ExactlyOnce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Metadata that an append is given by default, by observers, and by what caused it. */
public abstract class AddedMetadataConformance extends SubscribingConformance {

  private final SeenByObserver observer = new SeenByObserver();

  protected AddedMetadataConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void default_metadata_is_asked_for_once_an_append_and_what_an_event_says_wins() {
    AtomicInteger asked = new AtomicInteger();
    openWith(
        options ->
            options.metadata(
                () -> Metadata.of("user", "ann").with("request", "r" + asked.incrementAndGet())));

    journal.append(
        Append.of(
            "a",
            ExpectedSeq.any(),
            NewEvent.of(ParcelEvent.moved(1)),
            NewEvent.of(ParcelEvent.moved(2))
                .withMetadata(Metadata.of("user", "bob").with("own", "x"))));
    RecordedEvent<ParcelEvent> returned =
        journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(3));

    assertThat(asked).hasValue(2);
    assertThat(returned.metadata().entries()).isEqualTo(Map.of("user", "ann", "request", "r2"));
    assertThat(readStream("a").stream().map(event -> event.metadata().entries()))
        .containsExactly(
            Map.of("user", "ann", "request", "r1"),
            Map.of("user", "bob", "request", "r1", "own", "x"),
            Map.of("user", "ann", "request", "r2"));
  }

  @Test
  void default_metadata_that_fails_fails_its_append_alone() {
    List<Metadata> next = new ArrayList<>();
    openWith(
        options ->
            options
                .observe(observer)
                .metadata(
                    () -> {
                      if (next.isEmpty()) {
                        throw new IllegalStateException("no request");
                      }
                      return next.get(0);
                    }));

    assertThatThrownBy(() -> appendMoves("a", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no request");
    next.add(null);
    assertThatThrownBy(() -> appendMoves("a", 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the default metadata of an append is null; expected Metadata.none() for none");
    Metadata most = Metadata.none();
    for (int i = 0; i < 100; i++) {
      most = most.with("name-" + i, "");
    }
    next.set(0, most);
    NewEvent<ParcelEvent> own =
        NewEvent.<ParcelEvent>of(ParcelEvent.moved(1)).withMetadata(Metadata.of("one", "more"));
    assertThatThrownBy(() -> appendEvent("a", own))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("101 metadata entries; expected at most 100");
    assertThat(everything()).isEmpty();
    assertThat(appendMoves("a", 1)).hasSize(1);
    assertThat(observer.take())
        .containsSequence(
            "append 1 to a",
            "FAILED IllegalStateException",
            "append 1 to a",
            "REFUSED InvalidInputException");
  }

  @Test
  void an_observer_adds_metadata_only_where_there_is_room_and_none_of_that_name() {
    Metadata most = Metadata.none();
    for (int i = 0; i < 100; i++) {
      most = most.with("name-" + i, "");
    }
    Metadata full = most;
    openWith(
        options ->
            options
                .metadata(() -> Metadata.of("user", "ann"))
                .observe(
                    new StoreObserver() {
                      @Override
                      public Ending<AppendEnd> appending(AppendCall call) {
                        call.addMetadata("user", "observer");
                        call.addMetadata("own", "observer");
                        call.addMetadata("trace", "observer");
                        return Ending.none();
                      }
                    }));

    NewEvent<ParcelEvent> own =
        NewEvent.<ParcelEvent>of(ParcelEvent.moved(1)).withMetadata(Metadata.of("own", "x"));
    assertThat(appendEvent("a", own).metadata().entries())
        .isEqualTo(Map.of("own", "x", "user", "ann", "trace", "observer"));

    openWith(
        options ->
            options.observe(
                new StoreObserver() {
                  @Override
                  public Ending<AppendEnd> appending(AppendCall call) {
                    call.addMetadata("trace", "observer");
                    return Ending.none();
                  }
                }));
    NewEvent<ParcelEvent> withoutRoom =
        NewEvent.<ParcelEvent>of(ParcelEvent.moved(1)).withMetadata(full);
    assertThat(appendEvent("a", withoutRoom).metadata()).isEqualTo(full);
  }

  @Test
  void what_a_handler_appends_says_what_caused_it_if_that_is_chosen() throws Exception {
    openWith(options -> options.observe(new Causation()));
    appendEvent("order", NewEvent.<ParcelEvent>of(ParcelEvent.moved(1)));
    appendEvent(
        "order",
        NewEvent.<ParcelEvent>of(ParcelEvent.moved(2))
            .withMetadata(Metadata.none().withCorrelationId("request-9")));
    assertThat(readStream("order").get(0).metadata().isEmpty()).isTrue();

    runToTheEnd(
        subscriber(ExactlyOnce.each(this::count)).select(EventQuery.all().inStreams("order")));
    assertThat(readStream("counted").stream().map(event -> event.metadata().entries()))
        .containsExactly(
            Map.of(Metadata.CAUSATION_ID, "order#1", Metadata.CORRELATION_ID, "order#1"),
            Map.of(Metadata.CAUSATION_ID, "order#2", Metadata.CORRELATION_ID, "request-9"));
    assertThat(Causation.idOf(readStream("order").get(1))).isEqualTo("order#2");

    runToTheEnd(
        subscriber(
                "batch",
                AtLeastOnce.inBatches(
                    10,
                    events -> journal.append("of-batch", ExpectedSeq.any(), events.get(0).data())))
            .select(EventQuery.all().inStreams("counted")));
    assertThat(readStream("of-batch").get(0).metadata().isEmpty()).isTrue();
    assertThat(appendMoves("order", 1).get(0).metadata().isEmpty()).isTrue();
  }
}
