package dev.daybook.journal.internal.append;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.internal.read.CountScripts;
import dev.daybook.journal.internal.read.EventReads;
import dev.daybook.journal.internal.read.JournalStatements;
import dev.daybook.journal.internal.read.Watermark;
import dev.daybook.settings.TableNames;
import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.CataloguedQueries;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Name;

/** The journal's part of the SQL catalogue. */
class JournalSqlTest extends CatalogueTest {

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
        .add("highestPosition", Script.of(dsl, () -> dialect.highestPosition(dsl, events)));
    CataloguedQueries.read()
        .forEach((name, query) -> catalogue.add(name, reads.of(query, Long.MAX_VALUE).sql()));
    CataloguedQueries.counted()
        .forEach((name, query) -> catalogue.add(name, CountScripts.of(reads, query)));
    dialect
        .parallelWriting(dsl, events)
        .ifPresent(
            writing -> {
              catalogue.without(
                  "events are written from arrays there",
                  "insertEvent",
                  "insertPlainEvent",
                  "insertTag",
                  "insertStream");
              ArrayAppendSql parallel = new ArrayAppendSql(dsl, writing);
              catalogue
                  .addFieldsOf(parallel)
                  .addFieldsOf(new Watermark(dsl, writing))
                  .add("holders", Script.of(dsl, () -> writing.holders()));
              parallel
                  .toStream
                  .all()
                  .forEach((shape, sql) -> catalogue.add(PostgresJournalPlans.name(shape), sql));
              parallel
                  .toStreams
                  .all()
                  .forEach((shape, sql) -> catalogue.add(PostgresJournalPlans.name(shape), sql));
            });
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("Journal.highestSeq", "head")
        .runBy("Journal.count", "streamRow", "countAll", "countOfTag", "countOfStream")
        .runBy(
            "Journal.exists",
            "streamRow",
            "forwards",
            "backwards",
            "after",
            "newestFirst",
            "forwardsByTypes",
            "backwardsByTypes",
            "afterByTypes",
            "afterInStreams",
            "oneTagInStreams",
            "oneTag",
            "oneTagByTypes",
            "allOfTwoTags",
            "anyOfOneTag",
            "anyOfTwoTags",
            "anyOfTwoTagsByTypes",
            "anyOfButNoneOf",
            "noneOfTwoTags",
            "newestFirstByTypes",
            "newestFirstOfTag",
            "newestFirstAnyOf",
            "recordedBetween",
            "streamRecordedFrom",
            "everyFilter")
        .runBy(
            "Journal.read",
            "streamRow",
            "forwards",
            "backwards",
            "after",
            "newestFirst",
            "forwardsByTypes",
            "backwardsByTypes",
            "afterByTypes",
            "afterInStreams",
            "oneTagInStreams",
            "oneTag",
            "oneTagByTypes",
            "allOfTwoTags",
            "anyOfOneTag",
            "anyOfTwoTags",
            "anyOfTwoTagsByTypes",
            "anyOfButNoneOf",
            "noneOfTwoTags",
            "newestFirstByTypes",
            "newestFirstOfTag",
            "newestFirstAnyOf",
            "recordedBetween",
            "streamRecordedFrom",
            "everyFilter")
        .runBy(
            "Journal.stream",
            "streamRow",
            "forwards",
            "backwards",
            "after",
            "newestFirst",
            "forwardsByTypes",
            "backwardsByTypes",
            "afterByTypes",
            "afterInStreams",
            "oneTagInStreams",
            "oneTag",
            "oneTagByTypes",
            "allOfTwoTags",
            "anyOfOneTag",
            "anyOfTwoTags",
            "anyOfTwoTagsByTypes",
            "anyOfButNoneOf",
            "noneOfTwoTags",
            "newestFirstByTypes",
            "newestFirstOfTag",
            "newestFirstAnyOf",
            "recordedBetween",
            "streamRecordedFrom",
            "everyFilter")
        .runBy("Journal.delete", "claimStream", "deleteTags", "deleteEvents", "markDeleted")
        .runBy("Journal.raiseHighWaterMark", "claimStream", "hasEvents", "raiseEmptyMark")
        .runBy(
            "Queries.currentEvents",
            "forwards",
            "after",
            "latestPosition",
            "highestPosition",
            "afterByTypes")
        .runBy(
            "Queries.liveEvents",
            "forwards",
            "after",
            "whatIsAt",
            "seqAt",
            "latestPosition",
            "highestPosition",
            "afterByTypes")
        .runBy(
            "Subscriptions.start",
            "forwards",
            "after",
            "at",
            "whatIsAt",
            "seqAt",
            "latestPosition",
            "highestPosition",
            "afterByTypes")
        .runBy("Recovery.load", "forwards")
        .runBy("Queries.liveStreamIds", "after")
        .runBy("Journal.onAppend", "places")
        .runBy("Journal.latestPosition", "latestPosition")
        .runBy("Journal.streamIds", "idsFrom", "idsBehind", "idsFromBelow", "idsBehindBelow")
        .runBy("Queries.currentStreamIds", "idsFrom", "idsBehind", "idsFromBelow", "idsBehindBelow")
        .runBy("Journal.stats", "stats")
        .runBy(
            "Journal.append",
            "eventsOfKey",
            "insertEvent",
            "insertPlainEvent",
            "insertTag",
            "insertStream")
        .runBy(
            "BulkLoad.appendRecorded",
            "insertEvent",
            "insertPlainEvent",
            "insertTag",
            "insertStream",
            "highestPosition")
        .runBy("Journal.findByKey", "eventsOfKey", "streamRow")
        .runBy("Journal.appendAll", "insertEvent", "insertPlainEvent", "insertTag", "insertStream")
        .runBy("BulkLoad.append", "insertPlainEvent", "insertStream")
        .runBy("Maintenance.doctor", "highestPosition")
        .runBy("Maintenance.positionGaps", "highestPosition")
        .runBy("Maintenance.verify", "highestPosition");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .runBy("BulkLoad.append", "head", "highestPosition")
        .runBy("BulkLoad.appendRecorded", "head")
        .runBy("Journal.append", "head", "highestPosition")
        .runBy("Journal.appendAll", "head", "highestPosition")
        .runBy("Journal.raiseHighWaterMark", "head");
    expectWrites(catalogue);
    expectReads(catalogue);
    expectQueries(catalogue);
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    catalogue
        .runBy("BulkLoad.append", "claim", "write")
        .runBy("BulkLoad.appendRecorded", "claim", "writeAt", "writeAtTagged", "keepOthersOut")
        .runBy("Journal.append", "claim", "write", "settings", "head")
        .runBy("Journal.appendAll", "claim", "write", "writeTagged")
        .runBy("Journal.raiseHighWaterMark", "claim")
        .runBy("Journal.count", "watermark", "lowestBegin")
        .runBy("Journal.exists", "watermark", "lowestBegin")
        .runBy("Journal.latestPosition", "watermark", "lowestBegin")
        .runBy("Journal.read", "watermark", "lowestBegin")
        .runBy("Journal.stream", "watermark", "lowestBegin")
        .runBy("Maintenance.doctor", "watermark", "holders")
        .runBy("Queries.currentEvents", "watermark", "lowestBegin")
        .runBy("Queries.liveEvents", "watermark", "lowestBegin")
        .runBy("Subscriptions.start", "watermark", "lowestBegin");
    PostgresJournalPlans.expect(catalogue);
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

  private static ExpectedPlan counting(String... searches) {
    return searching(searches).allowing("SCAN c$", "counts what was found");
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
        .expect("countAll", counting(EVENTS_AFTER))
        .expect("countOfTag", counting(POSITIONS_OF_TAG, EVENT))
        .expect("countOfStream", counting(NEWEST_OF_STREAM.replace("?)", "? AND seq>? AND seq<?)")))
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
