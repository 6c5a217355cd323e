package dev.daybook.journal.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.Daybook;
import dev.daybook.TableNames;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.Schema;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.NewEvent;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The journal's part of the SQL catalogue, on a journal of 30 000 events in 3 000 streams. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalSqlTest {

  private static final String OF_STREAM = "SEARCH events USING INDEX sqlite_autoindex_events_1 ";
  private static final String OF_STREAMS = "SEARCH streams USING PRIMARY KEY ";
  private static final String EVENT = "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)";
  private static final String EVENTS_AFTER =
      "SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)";
  private static final String FOUND_BY = " USING COVERING INDEX events_tags_by_tag ";
  private static final String POSITIONS_OF_TAG =
      "SEARCH t$" + FOUND_BY + "(tag=? AND global_position>? AND global_position<?)";
  private static final String POSITIONS_OF_TAGS =
      "SEARCH o$" + FOUND_BY + "(tag=? AND global_position>?)";
  private static final String TAG_OF_POSITION =
      "SEARCH o$" + FOUND_BY + "(tag=? AND global_position=?)";

  private static final String TAGS_OF_EVENT =
      "SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)";

  private static final String COLLECTED = "LIST SUBQUERY 1";
  private static final String WHY_COLLECTED =
      "the positions of several tags, without doubles, in order; the events are read one by one";

  private final Connection connection;
  private final Connection analyzed;
  private final SqlCatalogue catalogue;

  JournalSqlTest(@TempDir Path directory) throws SQLException {
    this.connection = seeded(directory.resolve("seeded.db"));
    this.analyzed = seeded(directory.resolve("analyzed.db"));
    try (Statement statement = analyzed.createStatement()) {
      statement.execute("analyze");
    }
    this.catalogue = catalogue(new Schema(TableNames.defaults()).renderer(Dialect.of(connection)));
  }

  @AfterAll
  void disconnect() throws SQLException {
    connection.close();
    analyzed.close();
  }

  @Test
  void the_catalogue_is_up_to_date() {
    catalogue.checkText(new SqliteExplainer(connection));
  }

  @Test
  void every_statement_has_an_expected_plan() {
    catalogue.checkThatNoneIsForgotten();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void has_the_expected_plan(String statement) {
    catalogue.checkPlan(statement, new SqliteExplainer(connection));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void has_the_expected_plan_after_ANALYZE(String statement) {
    catalogue.checkPlan(statement, new SqliteExplainer(analyzed));
  }

  List<String> statements() {
    return catalogue.names();
  }

  private static SqlCatalogue catalogue(DSLContext dsl) {
    JournalStatements statements = new JournalStatements(dsl);
    SqlCatalogue catalogue =
        new SqlCatalogue("What the journal runs on SQLite, and how SQLite runs it.", "journal")
            .addFieldsOf(statements);
    queries()
        .forEach(
            (name, query) ->
                catalogue.add(
                    name, EventReads.of(query, Long.MAX_VALUE, statements, dsl).sql().sql()));
    expectWrites(catalogue);
    expectReads(catalogue);
    expectQueries(catalogue);
    return catalogue;
  }

  /** Those that are rendered for what is asked. */
  private static Map<String, EventQuery> queries() {
    Map<String, EventQuery> queries = new LinkedHashMap<>();
    queries.put("forwardsByTypes", EventQuery.stream("s").ofTypes("a", "b"));
    queries.put("backwardsByTypes", EventQuery.stream("s").ofTypes("a", "b").reversed());
    queries.put("afterByTypes", EventQuery.all().ofTypes("a", "b"));
    queries.put("afterInStreams", EventQuery.all().inStreams("a"));
    queries.put("oneTagInStreams", EventQuery.all().taggedAllOf("a").inStreams("a"));
    queries.put("oneTag", EventQuery.all().taggedAllOf("a"));
    queries.put("oneTagByTypes", EventQuery.all().taggedAllOf("a").ofTypes("c", "d"));
    queries.put("allOfTwoTags", EventQuery.all().taggedAllOf("a", "b"));
    queries.put("anyOfOneTag", EventQuery.all().taggedAnyOf("a"));
    queries.put("anyOfTwoTags", EventQuery.all().taggedAnyOf("a", "b"));
    queries.put("anyOfTwoTagsByTypes", EventQuery.all().taggedAnyOf("a", "b").ofTypes("c", "d"));
    queries.put("anyOfButNoneOf", EventQuery.all().taggedAnyOf("a", "b").taggedNoneOf("c", "d"));
    queries.put("noneOfTwoTags", EventQuery.all().taggedNoneOf("a", "b"));
    queries.put(
        "everyFilter",
        EventQuery.all()
            .taggedAllOf("a", "b")
            .taggedAnyOf("c", "d")
            .taggedNoneOf("e", "f")
            .ofTypes("g", "h"));
    return queries;
  }

  private static void expectWrites(SqlCatalogue catalogue) {
    catalogue
        // An insert that returns something looks for rows that had been waiting for their parent.
        .expect("insertFirstEvent", searching(TAGS_OF_EVENT))
        .expect("insertNextEvent", nothing())
        .expect("insertTag", nothing())
        .expect("raiseMark", nothing())
        .expect("raiseEmptyMark", nothing())
        .expect("markDeleted", searching(OF_STREAMS + "(stream_id=?)"))
        .expect(
            "deleteEvents",
            searching(
                "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)",
                TAGS_OF_EVENT))
        .expect(
            "deleteTags",
            searching("SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq<?)"));
  }

  private static void expectReads(SqlCatalogue catalogue) {
    catalogue
        .expect("streamRow", searching(OF_STREAMS + "(stream_id=?)"))
        .expect("claimStream", searching(OF_STREAMS + "(stream_id=?)"))
        .expect(
            "eventsOfKey",
            searching(
                "SEARCH events USING INDEX events_by_idempotency_key (stream_id=? AND idempotency_key=?)"))
        .expect("forwards", searching(OF_STREAM + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("backwards", searching(OF_STREAM + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("after", searching(EVENTS_AFTER))
        .expect("at", searching(EVENT))
        .expect(
            "seqAt",
            searching("SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)"))
        .expect("latestPosition", searching("SEARCH events USING INTEGER PRIMARY KEY (rowid<?)"))
        .expect("idsFrom", searching(OF_STREAMS + "(stream_id>?)"))
        .expect("idsBehind", searching(OF_STREAMS + "(stream_id>?)"))
        .expect("idsFromBelow", searching(OF_STREAMS + "(stream_id>? AND stream_id<?)"))
        .expect("idsBehindBelow", searching(OF_STREAMS + "(stream_id>? AND stream_id<?)"))
        .expect(
            "hasEvents",
            searching("SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)"))
        .expect(
            "stats",
            searching("SEARCH events", "SEARCH events", "SEARCH events", "SEARCH events")
                .allowing(
                    "SCAN events USING COVERING INDEX sqlite_autoindex_events_1",
                    "counts the events")
                .allowing("SCAN streams", "counts the streams")
                .allowing(
                    "SCAN events_tags USING COVERING INDEX events_tags_by_tag",
                    "counts different tags"));
  }

  private static void expectQueries(SqlCatalogue catalogue) {
    catalogue
        .expect("forwardsByTypes", searching(OF_STREAM + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("backwardsByTypes", searching(OF_STREAM + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("afterByTypes", searching(EVENTS_AFTER))
        .expect("afterInStreams", searching(EVENTS_AFTER))
        .expect("oneTagInStreams", searching(POSITIONS_OF_TAG, EVENT))
        .expect("oneTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect("oneTagByTypes", searching(POSITIONS_OF_TAG, EVENT))
        .expect("anyOfOneTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect("allOfTwoTags", searching(POSITIONS_OF_TAG, TAG_OF_POSITION, EVENT))
        .expect(
            "anyOfTwoTags", searching(EVENT, POSITIONS_OF_TAGS).allowing(COLLECTED, WHY_COLLECTED))
        .expect(
            "anyOfTwoTagsByTypes",
            searching(EVENT, POSITIONS_OF_TAGS).allowing(COLLECTED, WHY_COLLECTED))
        .expect(
            "anyOfButNoneOf",
            searching(EVENT, POSITIONS_OF_TAGS, TAG_OF_POSITION).allowing(COLLECTED, WHY_COLLECTED))
        .expect("noneOfTwoTags", searching(EVENTS_AFTER, TAG_OF_POSITION))
        .expect(
            "everyFilter",
            searching(POSITIONS_OF_TAG, TAG_OF_POSITION, TAG_OF_POSITION, TAG_OF_POSITION, EVENT));
  }

  private static Connection seeded(Path file) throws SQLException {
    try (Daybook daybook = Daybook.open(file)) {
      SeededJournal.fill(daybook, 3_000, 10, stream -> "stream-" + stream, JournalSqlTest::event);
    }
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma foreign_keys = 1");
    }
    return connection;
  }

  private static NewEvent<EncodedEvent> event(int n) {
    NewEvent<EncodedEvent> event =
        NewEvent.of(EncodedEvent.json("type-" + n % 7, "{\"n\":" + n + "}"));
    return n % 3 == 0 ? event.tagged("tag-" + n % 100, "third") : event;
  }
}
