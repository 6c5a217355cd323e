package dev.daybook.stream.internal;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.statements.Script;
import dev.daybook.settings.TableNames;
import dev.daybook.sqlcatalogue.CatalogueTest;
import dev.daybook.sqlcatalogue.SqlCatalogue;
import org.jooq.DSLContext;

/** The part of the SQL catalogue that is about the streams' life. */
class StreamSqlTest extends CatalogueTest {

  private static final String NEWEST_OF_STREAM =
      "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)";
  private static final String STREAM = "SEARCH streams USING PRIMARY KEY (stream_id=?)";
  private static final String TAGS = "SEARCH events_tags USING PRIMARY KEY ";
  private static final String TAGS_OF_EVENT = TAGS + "(stream_id=? AND seq=?)";
  private static final String EVENTS = "SEARCH events USING INDEX sqlite_autoindex_events_1 ";
  private static final String SNAPSHOTS =
      "SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ";

  StreamSqlTest() {
    super("stream", "a stream's life");
  }

  @Override
  protected void addStatements(SqlCatalogue catalogue, DSLContext dsl) {
    catalogue.addFieldsOf(
        new StreamStatements(
            dsl,
            Script.of(
                dsl,
                () ->
                    Dialect.of(dsl)
                        .drawPositions(
                            dsl,
                            new Schema(TableNames.defaults()).name(Tables.EVENTS),
                            StreamStatements.DRAWN))));
  }

  @Override
  protected void addCallers(SqlCatalogue catalogue) {
    catalogue
        .runBy("Streams.status", "stream")
        .runBy(
            "Streams.archiveTo",
            "stream",
            "claim",
            "changeState",
            "markEmptied",
            "makeStream",
            "saveStream",
            "deleteTags",
            "deleteEvents",
            "deleteSnapshots",
            "events",
            "eventSizes",
            "tags",
            "snapshots",
            "snapshotSizes",
            "drawPositions",
            "insertEvent",
            "insertTag",
            "insertSnapshot")
        .runBy(
            "Streams.restoreFrom",
            "stream",
            "claim",
            "changeState",
            "markEmptied",
            "saveStream",
            "deleteTags",
            "deleteEvents",
            "deleteSnapshots",
            "events",
            "eventSizes",
            "tags",
            "snapshots",
            "snapshotSizes",
            "drawPositions",
            "insertEvent",
            "insertTag",
            "insertSnapshot")
        .runBy("Streams.archive", "claim", "changeState")
        .runBy("Streams.restore", "claim", "changeState")
        .runBy("Streams.tombstone", "claim", "changeState")
        .runBy(
            "Streams.delete",
            "claim",
            "changeState",
            "markEmptied",
            "deleteTags",
            "deleteEvents",
            "deleteSnapshots");
  }

  @Override
  protected void expectOnSqlite(SqlCatalogue catalogue) {
    catalogue
        .expect("stream", searching(STREAM, NEWEST_OF_STREAM))
        .expect("claim", searching(STREAM, NEWEST_OF_STREAM))
        .expect(
            "drawPositions",
            searching("SEARCH events")
                .allowing("SCAN n", "the numbers from 1 to the length of a page")
                .allowing("USE TEMP B-TREE FOR ORDER BY", "the same numbers")
                .allowing("SCAN events_position", "has at most one row"))
        .expect("changeState", searching(STREAM))
        .expect("markEmptied", searching(STREAM, NEWEST_OF_STREAM))
        .expect("makeStream", nothing())
        .expect("saveStream", nothing())
        .expect("makeStream", nothing())
        .expect("deleteTags", searching(TAGS + "(stream_id=? AND seq<?)"))
        .expect(
            "deleteEvents",
            searching(
                "SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)",
                TAGS_OF_EVENT))
        .expect("deleteSnapshots", searching(SNAPSHOTS + "(stream_id=?)"))
        .expect("events", searching(EVENTS + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("eventSizes", searching(EVENTS + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("tags", searching(TAGS + "(stream_id=? AND seq>? AND seq<?)"))
        .expect("snapshots", searching(SNAPSHOTS + "(stream_id=? AND seq>?)"))
        .expect("snapshotSizes", searching(SNAPSHOTS + "(stream_id=? AND seq>?)"))
        .expect("insertEvent", nothing())
        .expect("insertTag", nothing())
        .expect("insertSnapshot", nothing());
  }

  @Override
  protected void expectOnPostgres(SqlCatalogue catalogue) {
    String stream = "Index Scan using streams_pkey on streams: (stream_id = ?)";
    String upTo = "((stream_id = ?) AND (seq <= ?))";
    String snapshots =
        "Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq > ?))";
    String between = "((stream_id = ?) AND (seq > ?) AND (seq <= ?))";
    catalogue
        .expect("stream", searching(stream))
        .expect("claim", searching(stream))
        .expect(
            "drawPositions",
            nothing().allowing("Seq Scan on events_position", "the sequence, which has one row"))
        .expect("changeState", searching(stream))
        .expect("markEmptied", searching(stream))
        .expect("makeStream", nothing())
        .expect("saveStream", nothing())
        .expect("makeStream", nothing())
        .expect("deleteTags", searching("Bitmap Index Scan on events_tags_pkey: " + upTo))
        .expect("deleteEvents", searching("Bitmap Index Scan on events_pkey: " + upTo))
        .expect(
            "deleteSnapshots", searching("Bitmap Index Scan on snapshots_pkey: (stream_id = ?)"))
        .expect("events", searching("Index Scan using events_pkey on events: " + between))
        .expect("eventSizes", searching("Index Scan using events_pkey on events: " + between))
        .expect(
            "tags", searching("Index Only Scan using events_tags_pkey on events_tags: " + between))
        .expect("snapshots", searching(snapshots))
        .expect("snapshotSizes", searching(snapshots))
        .expect("insertEvent", nothing())
        .expect("insertTag", nothing())
        .expect("insertSnapshot", nothing());
  }
}
