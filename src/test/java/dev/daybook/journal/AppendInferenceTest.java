package dev.daybook.journal;

import static dev.daybook.journal.ExpectedSeq.any;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Appends compile as anyone would write them, without a type in angle brackets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendInferenceTest {

  sealed interface Event {
    record A() implements Event {}

    record B(int number) implements Event {}
  }

  @Test
  void an_event_of_a_record_is_one_of_its_sealed_type() {
    try (Daybook daybook = Daybook.inMemory()) {
      Journal<Event> journal = daybook.journal(Event.class);

      journal.append("s", any(), new Event.A());
      journal.append("s", any(), NewEvent.of(new Event.A()).tagged("t"));
      journal.append(Append.of("s", any(), new Event.A()));
      journal.append(Append.of("s", any(), new Event.A(), new Event.B(1)));
      journal.append(Append.of("s", any(), NewEvent.of(new Event.A()).tagged("t")));
      journal.append(
          Append.of("s", any(), NewEvent.of(new Event.A()).tagged("t"), NewEvent.of(new Event.B(2)))
              .withIdempotencyKey("k"));
      journal.append(Append.of("s", any(), List.of(NewEvent.of(new Event.A()).tagged("t"))));
      journal.append(
          Append.of(
              "s",
              any(),
              List.of(NewEvent.of(new Event.A()).tagged("t"), NewEvent.of(new Event.B(3)))));
      journal.append(Append.ofAll("s", any(), List.of(new Event.A(), new Event.B(4))));
      journal.append("s", any(), List.of(new Event.A(), new Event.B(4)));

      assertThat(journal.highestSeq("s")).isEqualTo(15);
      assertThat(journal.count(EventQuery.all().taggedAllOf("t"))).isEqualTo(5);
    }
  }

  @Test
  void what_was_made_apart_is_appended_too() {
    try (Daybook daybook = Daybook.inMemory()) {
      Journal<Event> journal = daybook.journal(Event.class);
      var narrow = Append.of("s", any(), new Event.A());
      var tagged = Append.of("s", any(), NewEvent.of(new Event.B(1)).tagged("t"));
      List<Event.B> decisions = List.of(new Event.B(2), new Event.B(3));
      List<NewEvent<Event.B>> news = new ArrayList<>();
      news.add(NewEvent.of(new Event.B(4)));

      journal.append(narrow);
      journal.appendAll(List.of(narrow, tagged));
      journal.append("s", any(), decisions);
      journal.append(Append.of("s", any(), news));

      assertThat(journal.read(EventQuery.stream("s")))
          .extracting(RecordedEvent::data)
          .containsExactly(
              new Event.A(),
              new Event.A(),
              new Event.B(1),
              new Event.B(2),
              new Event.B(3),
              new Event.B(4));
    }
  }
}
