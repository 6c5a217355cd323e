package dev.daybook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Interleaving;
import dev.daybook.error.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Events that keep their positions come in while others append, and while somebody reads. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresBulkLoadInterleavingTest {

  private final Interleaving interleaving = new Interleaving();
  private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());
  private volatile long readTo;

  @AfterEach
  void close() {
    interleaving.close();
  }

  @Test
  void who_reads_at_any_moment_misses_nothing_and_who_appends_gets_no_position_in_between() {
    interleaving.tryEach(
        statement -> Integer.toString(statement),
        (on, id) -> readOn(on),
        PostgresBulkLoadInterleavingTest::load,
        (on, id) -> {
          readOn(on);
          on.rawJournal().append("other-" + id, ExpectedSeq.any(), EncodedEvent.json("T", "{}"));
          readOn(on);
        });
    readOn(interleaving.another());

    List<Long> all =
        interleaving.another().rawJournal().read(EventQuery.all()).stream()
            .map(RecordedEvent::position)
            .toList();
    assertThat(all).hasSizeGreaterThan(9).doesNotHaveDuplicates();
    assertThat(seen).isEqualTo(all);
  }

  /** Whoever appends first has the position, and the load is refused. */
  private static void load(Daybook on, String id) {
    long first = on.rawJournal().latestPosition() + 1;
    BulkLoad<EncodedEvent> load = on.rawJournal().bulkLoad(id);
    try {
      load.appendRecorded(List.of(recorded(id, 1, first), recorded(id, 2, first + 5)), 1, "");
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("the store has given positions up to " + first);
    }
  }

  private static RecordedEvent<EncodedEvent> recorded(String id, long seq, long position) {
    return RecordedEvent.of(
        "loaded-" + id,
        seq,
        position,
        "T",
        List.of("tag"),
        Metadata.none(),
        Instant.ofEpochMilli(1),
        EncodedEvent.json("T", "{}"));
  }

  private void readOn(Daybook on) {
    for (RecordedEvent<EncodedEvent> event : on.rawJournal().read(EventQuery.all().after(readTo))) {
      seen.add(event.position());
      readTo = event.position();
    }
  }
}
