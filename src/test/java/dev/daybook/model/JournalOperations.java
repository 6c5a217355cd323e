package dev.daybook.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Repositories;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.HighWaterMarkException;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import dev.daybook.journal.StreamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done to the journal. */
final class JournalOperations {

  private JournalOperations() {}

  /** An expectation, beside where the stream is by then. */
  enum Expectation {
    ANY,
    NO_STREAM,
    EXISTS,
    MET,
    TOO_LOW,
    TOO_HIGH;

    ExpectedSeq at(long lastSeq) {
      return switch (this) {
        case ANY -> ExpectedSeq.any();
        case NO_STREAM -> ExpectedSeq.noStream();
        case EXISTS -> ExpectedSeq.streamExists();
        case MET -> ExpectedSeq.exactly(lastSeq);
        case TOO_LOW -> ExpectedSeq.exactly(Math.max(0, lastSeq - 1));
        case TOO_HIGH -> ExpectedSeq.exactly(lastSeq + 1);
      };
    }
  }

  /**
   * An event to be appended.
   *
   * @param time when it is recorded; {@code null} for the time of the append
   */
  record Content(
      String type,
      String json,
      List<String> tags,
      @Nullable String correlationId,
      @Nullable Instant time) {

    NewEvent<EncodedEvent> toEvent() {
      NewEvent<EncodedEvent> event =
          NewEvent.of(EncodedEvent.json(type, json)).tagged(tags.toArray(String[]::new));
      event = time == null ? event : event.at(time);
      return correlationId == null
          ? event
          : event.withMetadata(Metadata.none().withCorrelationId(correlationId));
    }

    boolean isIn(RecordedEvent<EncodedEvent> event) {
      return event.type().equals(type)
          && event.tags().equals(tags)
          && (time == null || event.time().equals(time))
          && event.metadata().equals(toEvent().metadata())
          && saysSameAs(event);
    }

    boolean saysSameAs(RecordedEvent<EncodedEvent> event) {
      return event.data().equals(EncodedEvent.json(type, json))
          && Set.copyOf(event.tags()).equals(Set.copyOf(tags));
    }
  }

  /** An append to one stream. */
  record AppendTo(String stream, Expectation expected, List<Content> events, @Nullable String key) {

    Append<EncodedEvent> toAppend(Model model) {
      List<NewEvent<EncodedEvent>> news = events.stream().map(Content::toEvent).toList();
      Append<EncodedEvent> append =
          Append.of(stream, expected.at(model.stream(stream).lastSeq), news);
      return key == null ? append : append.withIdempotencyKey(key);
    }

    /** The events that the store must answer with; {@code null} in place of each new one. */
    List<@Nullable RecordedEvent<EncodedEvent>> expect(Model model) {
      ModelStream known = model.stream(stream);
      if (events.isEmpty()) {
        return List.of();
      }
      if (key != null) {
        List<RecordedEvent<EncodedEvent>> before = known.ofKey(key);
        if (!before.isEmpty()) {
          known.requireReadable();
          return new ArrayList<>(before);
        }
      }
      known.requireActive();
      if (!expected.at(known.lastSeq).accepts(known.lastSeq)) {
        throw new Answer.Refusal(ConflictException.class);
      }
      return new ArrayList<>(Collections.nCopies(events.size(), null));
    }

    /** Takes the new events into the model as the store has recorded them. */
    void record(
        Model model,
        List<@Nullable RecordedEvent<EncodedEvent>> expected,
        List<RecordedEvent<EncodedEvent>> recorded) {
      assertThat(recorded).hasSameSizeAs(expected);
      for (int i = 0; i < recorded.size(); i++) {
        RecordedEvent<EncodedEvent> event = recorded.get(i);
        model.appendedTo = Math.max(model.appendedTo, event.position());
        if (expected.get(i) != null) {
          assertThat(event).isEqualTo(expected.get(i));
          continue;
        }
        ModelStream made = model.made(stream);
        made.state = StreamState.ACTIVE;
        made.lastSeq++;
        assertThat(event.streamId()).isEqualTo(stream);
        assertThat(event.seq()).isEqualTo(made.lastSeq);
        assertThat(event.position()).isGreaterThan(model.highestPosition);
        assertThat(events.get(i).isIn(event)).as("%s in %s", events.get(i), event).isTrue();
        model.highestPosition = event.position();
        made.events.put(made.lastSeq, event);
        if (key != null) {
          made.keys.put(made.lastSeq, key);
        }
      }
    }
  }

  /** {@link Journal#append(Append)}, or with a key {@link Journal#appendOnce}. */
  record AppendOne(AppendTo to) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Append<EncodedEvent> append = to.toAppend(model);
      Answer<List<@Nullable RecordedEvent<EncodedEvent>>> expected =
          Answer.ofModel(() -> to.expect(model));
      Answer<List<RecordedEvent<EncodedEvent>>> answer =
          to.key == null
              ? Answer.ofStore(() -> store.rawJournal().append(append))
              : Answer.ofStore(() -> store.rawJournal().appendOnce(append))
                  .map(result -> checked(result, expected.value()));
      assertThat(answer.refusal()).isEqualTo(expected.refusal());
      if (expected.value() != null && answer.value() != null) {
        to.record(model, expected.value(), answer.value());
      }
    }

    private List<RecordedEvent<EncodedEvent>> checked(
        AppendResult<EncodedEvent> result,
        @Nullable List<@Nullable RecordedEvent<EncodedEvent>> expected) {
      List<RecordedEvent<EncodedEvent>> events = result.events();
      boolean repeated = expected != null && !expected.isEmpty() && expected.get(0) != null;
      boolean same = events.size() == to.events.size();
      for (int i = 0; same && i < events.size(); i++) {
        same = to.events.get(i).saysSameAs(events.get(i));
      }
      assertThat(result.isRepeated()).isEqualTo(repeated);
      assertThat(result.hasOtherEvents()).isEqualTo(repeated && !same);
      return events;
    }
  }

  /** {@link Journal#findByKey}. */
  record FindByKey(String stream, String key) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Answer<List<RecordedEvent<EncodedEvent>>> expected =
          Answer.ofModel(
              () -> {
                model.stream(stream).requireReadable();
                return model.stream(stream).ofKey(key);
              });
      assertThat(Answer.ofStore(() -> store.rawJournal().findByKey(stream, key)))
          .isEqualTo(expected);
    }
  }

  /** {@link Journal#appendAll}. Its streams are different ones. */
  record AppendAll(List<AppendTo> all) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      List<Append<EncodedEvent>> appends = all.stream().map(to -> to.toAppend(model)).toList();
      Answer<List<List<@Nullable RecordedEvent<EncodedEvent>>>> expected =
          Answer.ofModel(
              () -> {
                List<List<@Nullable RecordedEvent<EncodedEvent>>> each = new ArrayList<>();
                all.forEach(to -> each.add(to.expect(model)));
                return each;
              });
      Answer<List<List<RecordedEvent<EncodedEvent>>>> answer =
          Answer.ofStore(() -> store.rawJournal().appendAll(appends));
      assertThat(answer.refusal()).isEqualTo(expected.refusal());
      if (expected.value() != null && answer.value() != null) {
        for (int i = 0; i < all.size(); i++) {
          all.get(i).record(model, expected.value().get(i), answer.value().get(i));
        }
      }
    }
  }

  /** {@link Journal#delete}. */
  record DeleteTo(String stream, long toSeq) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Answer<Long> expected =
          Answer.ofModel(
              () -> {
                model.stream(stream).requireActive();
                return model.stream(stream).delete(toSeq);
              });
      assertThat(Answer.ofStore(() -> store.rawJournal().delete(stream, toSeq)))
          .isEqualTo(expected);
    }
  }

  /** {@link Journal#raiseHighWaterMark}. */
  record RaiseMark(String stream, long seq) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Answer<Boolean> expected =
          Answer.ofModel(
              () -> {
                ModelStream known = model.stream(stream);
                known.requireActive();
                if (known.lastSeq > seq || (!known.events.isEmpty() && known.lastSeq != seq)) {
                  throw new Answer.Refusal(HighWaterMarkException.class);
                }
                if (known.lastSeq < seq) {
                  ModelStream made = model.made(stream);
                  made.state = StreamState.ACTIVE;
                  made.lastSeq = seq;
                  made.deletedTo = seq;
                }
                return true;
              });
      assertThat(
              Answer.ofStore(
                  () -> {
                    store.rawJournal().raiseHighWaterMark(stream, seq);
                    return true;
                  }))
          .isEqualTo(expected);
    }
  }

  /** A read of one stream, into a list and as a stream. */
  record ReadStream(StreamQuery query) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      Answer<List<RecordedEvent<EncodedEvent>>> expected =
          Answer.ofModel(
              () -> {
                ModelStream known = model.stream(query.streamId());
                known.requireReadable();
                List<RecordedEvent<EncodedEvent>> events = new ArrayList<>(known.events.values());
                if (query.isNewestFirst()) {
                  Collections.reverse(events);
                }
                return events.stream()
                    .filter(event -> event.seq() >= query.from() && event.seq() <= query.to())
                    .filter(event -> isOf(query.types(), event))
                    .filter(event -> isAt(query.recordedFrom(), query.recordedBefore(), event))
                    .limit(query.limit())
                    .toList();
              });
      assertReads(store, query, expected);
      assertThat(store.rawJournal().highestSeq(query.streamId()))
          .isEqualTo(model.stream(query.streamId()).lastSeq);
    }
  }

  /**
   * A read across streams.
   *
   * @param query what is read, but for where it begins and ends
   * @param afterEvents how many events of the journal come before that
   * @param upToEvents how many come before its end; {@code null} for no end
   */
  record ReadJournal(JournalQuery query, int afterEvents, @Nullable Integer upToEvents)
      implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      List<RecordedEvent<EncodedEvent>> journal = model.journal();
      List<RecordedEvent<EncodedEvent>> inOrder = new ArrayList<>(journal);
      if (query.isNewestFirst()) {
        Collections.reverse(inOrder);
      }
      long after = model.positionOf(afterEvents);
      long upTo = upToEvents == null ? Long.MAX_VALUE : model.positionOf(upToEvents);
      List<RecordedEvent<EncodedEvent>> expected =
          inOrder.stream()
              .filter(event -> event.position() > after && event.position() <= upTo)
              .filter(event -> isAt(query.recordedFrom(), query.recordedBefore(), event))
              .filter(event -> event.streamId().startsWith(query.streamPrefix()))
              .filter(event -> isOf(query.types(), event))
              .filter(event -> event.tags().containsAll(query.allOf()))
              .filter(
                  event ->
                      query.anyOf().isEmpty() || !Collections.disjoint(event.tags(), query.anyOf()))
              .filter(event -> Collections.disjoint(event.tags(), query.noneOf()))
              .limit(query.limit())
              .toList();
      JournalQuery from = query.after(after);
      assertReads(store, upToEvents == null ? from : from.upTo(upTo), Answer.of(expected));
      assertThat(store.rawJournal().latestPosition())
          .isEqualTo(journal.isEmpty() ? 0 : journal.get(journal.size() - 1).position());
    }
  }

  /** A page of stream ids. */
  record ListStreams(String prefix, String after, int limit) implements Operation {

    @Override
    public void run(Model model, Repositories store) {
      assertThat(store.rawJournal().streamIds(prefix, after, limit))
          .isEqualTo(Model.page(model.streams, prefix, after, limit));
      try (Stream<String> ids = store.rawJournal().streamIds(prefix)) {
        assertThat(ids).isEqualTo(Model.page(model.streams, prefix, "", Integer.MAX_VALUE));
      }
    }
  }

  private static void assertReads(
      Repositories store, EventQuery query, Answer<List<RecordedEvent<EncodedEvent>>> expected) {
    Journal<EncodedEvent> journal = store.rawJournal();
    Answer<List<RecordedEvent<EncodedEvent>>> read = Answer.ofStore(() -> journal.read(query));
    assertThat(read).isEqualTo(expected);
    assertThat(Answer.ofStore(() -> journal.count(query)))
        .isEqualTo(read.map(events -> (long) events.size()));
    assertThat(Answer.ofStore(() -> journal.exists(query)))
        .isEqualTo(read.map(events -> !events.isEmpty()));
    assertThat(
            Answer.ofStore(
                () -> {
                  try (Stream<RecordedEvent<EncodedEvent>> events = journal.stream(query)) {
                    return events.toList();
                  }
                }))
        .isEqualTo(expected);
  }

  private static boolean isAt(
      Optional<Instant> from, Optional<Instant> before, RecordedEvent<?> event) {
    return from.filter(event.time()::isBefore).isEmpty()
        && before.filter(end -> !event.time().isBefore(end)).isEmpty();
  }

  private static boolean isOf(Set<String> types, RecordedEvent<?> event) {
    return types.isEmpty() || types.contains(event.type());
  }
}
