package dev.daybook.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.maintenance.StoreTotals;
import dev.daybook.maintenance.TagCount;
import dev.daybook.maintenance.TypeCount;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much is stored, and giving back what is not needed any more. */
public abstract class CountConformance extends JournalConformance {

  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash-1");

  protected CountConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void an_empty_store_has_nothing_to_count() {
    assertThat(typeCounts()).isEmpty();
    assertThat(tagCounts()).isEmpty();
    assertTotals(0, 0, 0, 0);
  }

  @Test
  void types_and_tags_are_counted_in_the_order_of_their_names() {
    append("b", "T2", "red");
    append("a", "T1", "red", "\uD83D\uDE00");
    append("a", "T2", "Red");
    append("a", "t2");

    assertThat(typeCounts())
        .containsExactly(
            new TypeCount("T1", 1, 1), new TypeCount("T2", 1, 2), new TypeCount("t2", 1, 1));
    assertThat(tagCounts())
        .containsExactly(
            new TagCount("Red", 1), new TagCount("red", 2), new TagCount("\uD83D\uDE00", 1));
    daybook.rawJournal().delete("b", 1);
    assertThat(tagCounts())
        .containsExactly(
            new TagCount("Red", 1), new TagCount("red", 1), new TagCount("\uD83D\uDE00", 1));
  }

  @Test
  void what_is_stored_and_can_t_be_decoded_is_found() {
    append("a", "Moved");
    append("a", "Gone");
    for (int version : List.of(1, 2, 3)) {
      daybook
          .rawJournal()
          .append(
              "b",
              ExpectedSeq.any(),
              new EncodedEvent(
                  "Old", version, EncodedEvent.JSON, "{}".getBytes(UTF_8), null, null));
    }
    EventTypes<Parcel> types =
        EventTypes.of(Parcel.class)
            .with("Moved", Moved.class)
            .with("New", Renamed.class)
            .withAliases(Renamed.class, "Old")
            .withVersion(Renamed.class, 2)
            .upcast("New", 1, data -> data);

    assertThat(daybook.maintenance().unknownTypes(types))
        .containsExactly(new TypeCount("Gone", 1, 1), new TypeCount("Old", 3, 1));
    assertThat(types.reads("Old", 1)).isTrue();
    assertThat(types.reads("New", 2)).isTrue();
    assertThat(types.reads("Moved", 2)).isFalse();
  }

  interface Parcel {}

  record Moved() implements Parcel {}

  record Renamed() implements Parcel {}

  @Test
  void the_totals_count_rows() {
    append("a", "T", "red", "blue");
    append("b", "T", "red");
    daybook.snapshots(String.class).save("a", 1, "one");
    for (String id : List.of("d", "e")) {
      daybook.documents().append(id, META);
      daybook.documents().append(id, Entry.entirety(EntryData.json("1"), "v"));
    }

    assertTotals(3, 1, 2, 4);
    assertThat(daybook.rawJournal().stats().tags()).isEqualTo(2);
  }

  @Test
  void compacting_gives_the_space_of_deleted_rows_back() {
    EncodedEvent large = EncodedEvent.json("Large", "\"" + "x".repeat(100_000) + "\"");
    for (int n = 0; n < 20; n++) {
      daybook.rawJournal().append("large", ExpectedSeq.any(), large);
    }
    append("small", "T", "red");
    daybook.rawJournal().delete("large", 20);

    if (database.files() == 0) {
      assertThatThrownBy(() -> daybook.maintenance().compact())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not a file");
    } else {
      assertThat(daybook.maintenance().compact()).isGreaterThan(1_900_000);
      assertThat(daybook.maintenance().compact()).isZero();
    }
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    assertThat(daybook.rawJournal().read(EventQuery.all())).hasSize(1);
    append("small", "T");
    assertThat(daybook.rawJournal().highestSeq("large")).isEqualTo(20);
  }

  private void assertTotals(long tags, long snapshots, long documents, long records) {
    StoreTotals totals = daybook.maintenance().totals();
    assertThat(List.of(totals.tags(), totals.snapshots(), totals.documents(), totals.records()))
        .containsExactly(tags, snapshots, documents, records);
  }

  private void append(String stream, String type, String... tags) {
    daybook
        .rawJournal()
        .append(stream, ExpectedSeq.any(), NewEvent.of(EncodedEvent.json(type, "{}")).tagged(tags));
  }

  private List<TypeCount> typeCounts() {
    try (Stream<TypeCount> counts = daybook.maintenance().typeCounts()) {
      return counts.toList();
    }
  }

  private List<TagCount> tagCounts() {
    try (Stream<TagCount> counts = daybook.maintenance().tagCounts()) {
      return counts.toList();
    }
  }
}
