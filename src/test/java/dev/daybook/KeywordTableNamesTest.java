package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.TableNames;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A word of SQL is a name like any other: every keyword of SQLite is tried as a table's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeywordTableNamesTest {

  private static final String KEYWORDS =
      """
      ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE BEGIN
      BETWEEN BY CASCADE CASE CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS
      CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE DEFERRED
      DELETE DESC DETACH DISTINCT DO DROP EACH ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE EXISTS
      EXPLAIN FAIL FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP GROUPS HAVING
      IF IGNORE IMMEDIATE IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL
      JOIN KEY LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NO NOT NOTHING NOTNULL NULL NULLS OF
      OFFSET ON OR ORDER OTHERS OUTER OVER PARTITION PLAN PRAGMA PRECEDING PRIMARY QUERY RAISE RANGE
      RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT RIGHT ROLLBACK
      ROW ROWS SAVEPOINT SELECT SET TABLE TEMP TEMPORARY THEN TIES TO TRANSACTION TRIGGER UNBOUNDED
      UNION UNIQUE UPDATE USING VACUUM VALUES VIEW VIRTUAL WHEN WHERE WINDOW WITH WITHIN WITHOUT
      excluded old new rowid t o one main temp true false
      """;

  @ParameterizedTest
  @MethodSource("names")
  void a_store_works_whatever_its_tables_are_called(TableNames names) {
    try (Daybook daybook = DaybookBuilder.inMemory().tables(names).build()) {
      useJournal(daybook.rawJournal());
      useOthers(daybook);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cast", "CAST", "returning", "Returning"})
  void two_keywords_are_refused(String keyword) {
    assertThatThrownBy(() -> TableNames.defaults().with(TableNames.Table.EVENTS, keyword))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(keyword);
    assertThat(TableNames.prefixed(keyword + "_").prefix()).isEqualTo(keyword + "_");
  }

  private static void useJournal(Journal<EncodedEvent> journal) {
    journal.append(Append.of("s", ExpectedSeq.any(), List.of(event(1, "a", "b"), event(2, "a"))));
    journal.append(Append.of("s", ExpectedSeq.any(), List.of(event(3, "a", "b", "c"))));

    assertThat(seqs(journal, EventQuery.all().taggedAllOf("a", "b"))).containsExactly(1L, 3L);
    assertThat(seqs(journal, EventQuery.all().taggedAnyOf("b", "c"))).containsExactly(1L, 3L);
    assertThat(seqs(journal, EventQuery.all().taggedNoneOf("c", "x"))).containsExactly(1L, 2L);
    assertThat(seqs(journal, EventQuery.all().taggedAllOf("a").taggedNoneOf("c")))
        .containsExactly(1L, 2L);
    assertThat(seqs(journal, EventQuery.all().taggedAllOf("a").taggedAnyOf("b", "x")))
        .containsExactly(1L, 3L);
    assertThat(seqs(journal, EventQuery.stream("s").ofTypes("t").newestFirst()))
        .containsExactly(3L, 2L, 1L);
    assertThat(journal.streamIds("s", "", 10)).containsExactly("s");
    assertThat(journal.delete("s", 1)).isEqualTo(1);
    assertThat(journal.stats().events()).isEqualTo(2);
  }

  private static void useOthers(Daybook daybook) {
    SnapshotStore<String> store = daybook.snapshots(String.class, SnapshotOptions.defaults());
    for (int seq = 1; seq <= 5; seq++) {
      store.save("s", seq, "state " + seq);
    }
    daybook.checkpoints().save("c", 7);

    assertThat(store.loadLatest("s")).isPresent();
    assertThat(store.delete("s", 5)).isEqualTo(3);
    assertThat(daybook.checkpoints().load("c")).isPresent();
    assertThat(daybook.documents().currentMeta("d")).isEmpty();
    assertThat(daybook.documents().delete("d")).isFalse();
    assertThat(daybook.documents().listDocIds("d", "", 10)).isEmpty();
  }

  /** Each keyword is the name of each table once. */
  static Stream<TableNames> names() {
    List<String> keywords = List.of(KEYWORDS.strip().split("\\s+"));
    return IntStream.range(0, keywords.size())
        .mapToObj(
            first -> {
              TableNames names = TableNames.defaults();
              int next = first;
              for (TableNames.Table table : TableNames.Table.values()) {
                names = names.with(table, keywords.get(next++ % keywords.size()));
              }
              return names;
            });
  }

  private static List<Long> seqs(Journal<EncodedEvent> journal, EventQuery query) {
    return journal.read(query).stream().map(RecordedEvent::seq).toList();
  }

  private static NewEvent<EncodedEvent> event(int n, String... tags) {
    return NewEvent.of(EncodedEvent.json("t", "{\"n\":" + n + "}")).tagged(tags);
  }
}
