package dev.daybook.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.Synchronous;
import dev.daybook.TableNames;
import dev.daybook.fixture.RecordingDataSource;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.fixture.SqliteWork;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventDecodeException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A million events in 200 000 streams. A thousand events carry a tag; all others are of a type that
 * can't be decoded, so that a query that reads one of them fails. What a query costs is counted in
 * steps of SQLite's virtual machine.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TagScaleTest {

  private static final int STREAMS = 200_000;
  private static final int EVENTS_PER_STREAM = 5;
  private static final int TAGGED = 1_000;
  private static final int EVERY = STREAMS * EVENTS_PER_STREAM / TAGGED;

  /** A row costs about two dozen steps: find it, take its nine columns, hand it over. */
  private static final int STEPS_PER_ROW = 50;

  /** Entering a statement, and looking one row beyond the last. */
  private static final int STEPS_PER_STATEMENT = 200;

  record Marked(int n) {}

  private final RecordingDataSource dataSource;
  private final Daybook daybook;
  private final Journal<Marked> journal;

  TagScaleTest(@TempDir Path directory) {
    String url = "jdbc:sqlite:" + directory.resolve("scale.db");
    this.dataSource = new RecordingDataSource(() -> DriverManager.getConnection(url));
    this.daybook = Daybook.builder(dataSource).synchronous(Synchronous.NORMAL).build();
    this.journal = daybook.journal(EventTypes.of(Marked.class).with("marked", Marked.class));
  }

  @BeforeAll
  void seed() {
    SeededJournal.fill(
        daybook, STREAMS, EVENTS_PER_STREAM, TagScaleTest::streamId, TagScaleTest::event);
    assertThat(journal.latestPosition()).isEqualTo(STREAMS * EVENTS_PER_STREAM);
  }

  @AfterAll
  void close() {
    daybook.close();
  }

  @Test
  void a_tag_query_reads_the_tagged_events_and_no_other() throws SQLException {
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAllOf("marked")));

    assertThat(reading.rows)
        .extracting(event -> event.data().n())
        .containsExactlyElementsOf(IntStream.range(0, TAGGED).mapToObj(n -> n * EVERY).toList());
    assertThat(reading.steps).isLessThan(atMost(TAGGED));
  }

  @Test
  void the_plan_of_a_tag_query_is_the_tag_index_and_then_event_by_event() throws SQLException {
    checkPlan(
        (statements, dsl) ->
            EventReads.of(EventQuery.all().taggedAllOf("marked"), Long.MAX_VALUE, statements, dsl)
                .sql(),
        ExpectedPlan.searching(
            "SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)",
            "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)"));
  }

  @Test
  void the_plan_of_a_prefix_is_a_range_of_the_primary_key() throws SQLException {
    checkPlan(
        (statements, dsl) -> statements.ids.statement("100%_off\\", ""),
        ExpectedPlan.searching("SEARCH streams USING PRIMARY KEY (stream_id>? AND stream_id<?)"));
  }

  @Test
  void a_page_of_tagged_events_costs_a_page() throws SQLException {
    long middle = STREAMS * EVENTS_PER_STREAM / 2;
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAllOf("marked").after(middle).limit(10)));

    assertThat(reading.rows)
        .hasSize(10)
        .allSatisfy(event -> assertThat(event.position()).isGreaterThan(middle));
    assertThat(reading.steps).isLessThan(atMost(10));
  }

  @Test
  void any_of_several_tags_reads_the_tagged_events_and_no_other() throws SQLException {
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAnyOf("marked", "rare")));

    assertThat(reading.rows).hasSize(TAGGED).doesNotHaveDuplicates();
    assertThat(reading.steps).isLessThan(2 * atMost(TAGGED));
  }

  @Test
  void all_of_several_tags_reads_the_events_with_all_and_no_other() throws SQLException {
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAllOf("rare", "marked")));

    assertThat(reading.rows).hasSize(TAGGED / 100);
    assertThat(reading.steps).isLessThan(2 * atMost(TAGGED / 100));
  }

  @Test
  void a_query_without_the_tag_does_run_into_the_others() {
    assertThatThrownBy(() -> journal.read(EventQuery.all().limit(2)))
        .isInstanceOf(EventDecodeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%_off\\", "100%", "100%_", "%", "_", "\\", "100%_off\\deal-00"})
  void a_prefix_costs_what_it_returns(String prefix) throws SQLException {
    List<String> expected =
        IntStream.range(0, STREAMS)
            .mapToObj(TagScaleTest::streamId)
            .filter(id -> id.startsWith(prefix))
            .sorted()
            .toList();

    Reading<String> reading =
        reading(
            () -> {
              try (Stream<String> ids = journal.streamIds(prefix)) {
                return ids.toList();
              }
            });
    Reading<String> page = reading(() -> journal.streamIds(prefix, "", 3));

    assertThat(reading.rows).isNotEmpty().containsExactlyElementsOf(expected);
    assertThat(reading.steps).isLessThan(atMost(expected.size()));
    assertThat(page.rows).containsExactlyElementsOf(expected.stream().limit(3).toList());
    assertThat(page.steps).isLessThan(atMost(3));
  }

  @Test
  void a_page_behind_an_id_costs_a_page() throws SQLException {
    Reading<String> page = reading(() -> journal.streamIds("stream-", "stream-150000", 10));

    assertThat(page.rows).hasSize(10).startsWith("stream-150001");
    assertThat(page.steps).isLessThan(atMost(10));
  }

  /** Among ordinary ids those that a pattern would confuse with {@code 100%_off\}. */
  private static String streamId(int stream) {
    String deal = "deal-%04d".formatted(stream / 100);
    return switch (stream % 1_000) {
      case 100 -> "100%_off\\" + deal;
      case 101 -> "100X_off\\" + deal;
      case 102 -> "100%Xoff\\" + deal;
      case 103 -> "100%_off/" + deal;
      case 104 -> "100%_OFF\\" + deal;
      case 105 -> "%" + deal;
      case 106 -> "_" + deal;
      case 107 -> "\\" + deal;
      default -> "stream-%06d".formatted(stream);
    };
  }

  private static NewEvent<EncodedEvent> event(int n) {
    if (n % EVERY != 0) {
      return NewEvent.of(EncodedEvent.json("unreadable", "{}"));
    }
    NewEvent<EncodedEvent> event =
        NewEvent.of(EncodedEvent.json("marked", "{\"n\":" + n + "}")).tagged("marked");
    return n % (EVERY * 100) == 0 ? event.tagged("rare") : event;
  }

  private static long atMost(int rows) {
    return STEPS_PER_STATEMENT + (long) STEPS_PER_ROW * rows;
  }

  private record Reading<T>(List<T> rows, long steps) {}

  private <T> Reading<T> reading(Supplier<List<T>> query) throws SQLException {
    List<List<T>> rows = new ArrayList<>();
    long steps = SqliteWork.stepsOf(dataSource.connections(), () -> rows.add(query.get()));
    assertThat(steps).as("steps, which must have been counted").isGreaterThan(rows.get(0).size());
    return new Reading<>(rows.get(0), steps);
  }

  private void checkPlan(
      BiFunction<JournalStatements, DSLContext, Rendered> statement, ExpectedPlan expected)
      throws SQLException {
    Connection reader = dataSource.connections().get(1);
    DSLContext dsl = new Schema(TableNames.defaults()).renderer(Dialect.of(reader));
    Rendered rendered = statement.apply(new JournalStatements(dsl), dsl);
    expected.check("the query", new SqliteExplainer(reader), rendered.sql());
  }
}
