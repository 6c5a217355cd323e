package dev.daybook.journal.internal.append;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.internal.read.EventReads;
import dev.daybook.journal.internal.read.JournalStatements;
import dev.daybook.journal.internal.read.Watermark;
import dev.daybook.settings.TableNames;
import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Name;

/** The journal's part of the SQL catalogue. */
class JournalSqlTest extends CatalogueTest {

  private static final Instant TIME = Instant.EPOCH;

  private static final String OF_STREAM = "SEARCH events USING INDEX sqlite_autoindex_events_1 ";
  private static final String NEWEST_OF_STREAM =
      "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)";
  private static final String OF_STREAMS = "SEARCH streams USING PRIMARY KEY ";
  private static final String EVENT = "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)";
  private static final String EVENTS_AFTER =
      "SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)";
  private static final String FOUND_BY = " USING COVERING INDEX events_tags_by_tag ";
  private static final String POSITIONS_OF_TAG =
      "SEARCH t$" + FOUND_BY + "(tag=? AND global_position>? AND global_position<?)";
  private static final String TAG_OF_POSITION =
      "SEARCH o$" + FOUND_BY + "(tag=? AND global_position=?)";

  private static final String TAGS_OF_EVENT =
      "SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)";

  JournalSqlTest() {
    super("journal", "the journal");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    Name events = new Schema(TableNames.defaults()).name(Tables.EVENTS);
    Dialect dialect = Dialect.of(dsl);
    JournalStatements statements = new JournalStatements(dsl);
    EventReads reads = new EventReads(statements, Optional.empty(), dsl);
    catalogue
        .addFieldsOf(statements)
        .addFieldsOf(new AppendStatements(dsl, false))
        .add("highestPosition", Script.of(dsl, () -> dialect.highestPosition(dsl, events)).sql());
    queries()
        .forEach((name, query) -> catalogue.add(name, reads.of(query, Long.MAX_VALUE).sql().sql()));
    dialect
        .parallelWriting(dsl, events)
        .ifPresent(
            writing -> {
              ArrayAppendSql parallel = new ArrayAppendSql(dsl, writing);
              catalogue
                  .addFieldsOf(parallel)
                  .addFieldsOf(new Watermark(dsl, writing))
                  .add("holders", Script.of(dsl, () -> writing.holders()).sql());
              parallel
                  .toStream
                  .all()
                  .forEach(
                      (shape, sql) -> catalogue.add(PostgresJournalPlans.name(shape), sql.sql()));
              parallel
                  .toStreams
                  .all()
                  .forEach(
                      (shape, sql) -> catalogue.add(PostgresJournalPlans.name(shape), sql.sql()));
            });
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    expectWrites(catalogue);
    expectReads(catalogue);
    expectQueries(catalogue);
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    PostgresJournalPlans.expect(catalogue);
  }

  /** Those that are rendered for what is asked. */
  private static Map<String, EventQuery> queries() {
    Map<String, EventQuery> queries = new LinkedHashMap<>();
    queries.put("forwardsByTypes", EventQuery.stream("s").ofTypes("a", "b"));
    queries.put("backwardsByTypes", EventQuery.stream("s").ofTypes("a", "b").newestFirst());
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
    queries.put("newestFirstByTypes", EventQuery.all().ofTypes("a", "b").newestFirst());
    queries.put("newestFirstOfTag", EventQuery.all().taggedAllOf("a").newestFirst());
    queries.put("newestFirstAnyOf", EventQuery.all().taggedAnyOf("a", "b").newestFirst());
    queries.put(
        "recordedBetween", EventQuery.all().recordedFrom(TIME).recordedBefore(TIME.plusMillis(1)));
    queries.put("streamRecordedFrom", EventQuery.stream("s").recordedFrom(TIME));
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
        .expect(
            "highestPosition",
            searching("SEARCH events").allowing("SCAN events_position", "has at most one row"))
        .expect("insertEvent", nothing())
        .expect("insertPlainEvent", nothing())
        .expect("insertTag", nothing())
        .expect("insertStream", nothing())
        .expect("raiseEmptyMark", nothing())
        .expect("markDeleted", searching(OF_STREAMS + "(stream_id=?)", NEWEST_OF_STREAM))
        .expect(
            "deleteEvents",
            searching(
                "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)",
                TAGS_OF_EVENT))
        .expect(
            "deleteTags",
            searching("SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq<?)"));
  }

  private static ExpectedPlan ofStream() {
    return searching(OF_STREAM + "(stream_id=? AND seq>? AND seq<?)", OF_STREAMS + "(stream_id=?)");
  }

  private static void expectReads(SqlCatalogue catalogue) {
    catalogue
        .expect("head", searching(OF_STREAMS + "(stream_id=?)", NEWEST_OF_STREAM))
        .expect("streamRow", searching(OF_STREAMS + "(stream_id=?)", NEWEST_OF_STREAM))
        .expect("claimStream", searching(OF_STREAMS + "(stream_id=?)", NEWEST_OF_STREAM))
        .expect(
            "eventsOfKey",
            searching(
                "SEARCH events USING INDEX events_by_idempotency_key (stream_id=? AND idempotency_key=?)"))
        .expect("forwards", ofStream())
        .expect("backwards", ofStream())
        .expect("after", searching(EVENTS_AFTER))
        .expect("newestFirst", searching(EVENTS_AFTER))
        .expect("places", searching(EVENTS_AFTER))
        .expect("at", searching(EVENT))
        .expect("whatIsAt", searching(EVENT))
        .expect("seqAt", searching(NEWEST_OF_STREAM))
        .expect("latestPosition", searching("SEARCH events USING INTEGER PRIMARY KEY (rowid<?)"))
        .expect("idsFrom", searching(OF_STREAMS + "(stream_id>?)"))
        .expect("idsBehind", searching(OF_STREAMS + "(stream_id>?)"))
        .expect("idsFromBelow", searching(OF_STREAMS + "(stream_id>? AND stream_id<?)"))
        .expect("idsBehindBelow", searching(OF_STREAMS + "(stream_id>? AND stream_id<?)"))
        .expect("hasEvents", searching(NEWEST_OF_STREAM))
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
        .expect("forwardsByTypes", ofStream())
        .expect("backwardsByTypes", ofStream())
        .expect("afterByTypes", searching(EVENTS_AFTER))
        .expect("afterInStreams", searching(EVENTS_AFTER))
        .expect("newestFirstByTypes", searching(EVENTS_AFTER))
        .expect("newestFirstOfTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect(
            "newestFirstAnyOf",
            searching(POSITIONS_OF_TAG, EVENT, POSITIONS_OF_TAG, TAG_OF_POSITION, EVENT))
        .expect("recordedBetween", searching(EVENTS_AFTER))
        .expect("streamRecordedFrom", ofStream())
        .expect("oneTagInStreams", searching(POSITIONS_OF_TAG, EVENT))
        .expect("oneTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect("oneTagByTypes", searching(POSITIONS_OF_TAG, EVENT))
        .expect("anyOfOneTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect("allOfTwoTags", searching(POSITIONS_OF_TAG, TAG_OF_POSITION, EVENT))
        .expect(
            "anyOfTwoTags",
            searching(POSITIONS_OF_TAG, EVENT, POSITIONS_OF_TAG, TAG_OF_POSITION, EVENT))
        .expect(
            "anyOfTwoTagsByTypes",
            searching(POSITIONS_OF_TAG, EVENT, POSITIONS_OF_TAG, TAG_OF_POSITION, EVENT))
        .expect(
            "anyOfButNoneOf",
            searching(
                POSITIONS_OF_TAG,
                TAG_OF_POSITION,
                EVENT,
                POSITIONS_OF_TAG,
                TAG_OF_POSITION,
                TAG_OF_POSITION,
                EVENT))
        .expect("noneOfTwoTags", searching(EVENTS_AFTER, TAG_OF_POSITION))
        .expect(
            "everyFilter",
            searching(POSITIONS_OF_TAG, TAG_OF_POSITION, TAG_OF_POSITION, TAG_OF_POSITION, EVENT));
  }
}
