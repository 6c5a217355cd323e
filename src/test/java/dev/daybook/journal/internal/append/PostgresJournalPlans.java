package dev.daybook.journal.internal.append;

import static dev.daybook.sqlcatalogue.ExpectedPlan.nothing;
import static dev.daybook.sqlcatalogue.ExpectedPlan.searching;

import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqlCatalogue;

/** What the plans of the journal's statements must be on PostgreSQL. */
final class PostgresJournalPlans {

  private static final String STREAM = "Index Scan using streams_pkey on streams: (stream_id = ?)";
  private static final String STREAM_IDS = "Index Only Scan using streams_pkey on streams: ";
  private static final String SEQS = "((stream_id = ?) AND (seq >= ?) AND (seq <= ?))";
  private static final String FORWARDS = "Index Scan using events_pkey on events: " + SEQS;
  private static final String BACKWARDS =
      "Index Scan Backward using events_pkey on events: " + SEQS;
  private static final String UP_TO = ": ((stream_id = ?) AND (seq <= ?))";
  private static final String EVENTS_BETWEEN =
      "Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))";
  private static final String NOTES_BETWEEN =
      "Bitmap Index Scan on events_by_begin: (((global_position + 0) > ?) AND ((global_position + 0) <= ?) AND (begun_after < ?))";
  private static final String BY_TAG = "Index Only Scan using events_tags_by_tag on events_tags ";
  private static final String BETWEEN =
      ": ((tag = ?) AND (global_position > ?) AND (global_position <= ?))";
  private static final String POSITIONS_OF_TAG = BY_TAG + "\"t$\"" + BETWEEN;
  private static final String POSITIONS_OF_NEXT_TAG = BY_TAG + "\"t$_1\"" + BETWEEN;
  private static final String EVENT =
      "Index Scan using events_by_position on events: (global_position = (\"t$\".global_position + 0))";
  private static final String EVENT_OF_NEXT_TAG =
      "Index Scan using events_by_position on events events_1: (global_position = (\"t$_1\".global_position + 0))";

  private static final String SEQUENCE = "Seq Scan on events_position";
  private static final String WHY_SEQUENCE = "the sequence, which has one row";
  private static final String DATABASES = "Seq Scan on pg_database d";
  private static final String WHY_DATABASES = "has a row a database";
  private static final String WHY_COUNTED = "counts all";

  private static final boolean[] BOTH = {true, false};

  private PostgresJournalPlans() {}

  static void expect(SqlCatalogue catalogue) {
    expectWrites(catalogue);
    expectParallelWrites(catalogue);
    expectReadsOfStreams(catalogue);
    expectReads(catalogue);
    expectQueries(catalogue);
    expectQueriesByAnyTag(catalogue);
  }

  private static void expectWrites(SqlCatalogue catalogue) {
    catalogue
        .expect("raiseEmptyMark", nothing())
        .expect("markDeleted", searching(STREAM))
        .expect("deleteEvents", searching("Bitmap Index Scan on events_pkey" + UP_TO))
        .expect("deleteTags", searching("Bitmap Index Scan on events_tags_pkey" + UP_TO));
  }

  private static void expectParallelWrites(SqlCatalogue catalogue) {
    ExpectedPlan writes =
        drawn(
            searching(
                "Index Scan using streams_pkey on streams: (stream_id = (r.stream_id)::text)"));
    ExpectedPlan appends = drawn(nothing()).allowing("Materialize", "one row: the claimed stream");
    ExpectedPlan appendsToKnown =
        drawn(searching(STREAM)).allowing("Materialize", "one row: the claimed stream");
    ExpectedPlan one = nothing().allowing(SEQUENCE, WHY_SEQUENCE);
    ExpectedPlan oneToKnown = searching(STREAM).allowing(SEQUENCE, WHY_SEQUENCE);
    ExpectedPlan appendsToMany =
        drawn(
                searching(
                    "Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)"))
            .allowing("Hash", "the streams of these appends");
    for (OneStreamAppendSql.Events events : OneStreamAppendSql.Events.values()) {
      boolean isOne = events == OneStreamAppendSql.Events.ONE;
      for (boolean alone : BOTH) {
        for (boolean tagged : BOTH) {
          catalogue
              .runBy(
                  "Journal.append",
                  name(new OneStreamAppendSql.Shape(events, alone, false, tagged)),
                  name(new OneStreamAppendSql.Shape(events, alone, true, tagged)))
              .expect(
                  name(new OneStreamAppendSql.Shape(events, alone, false, tagged)),
                  isOne ? one : tagged ? labelled(appends) : appends)
              .expect(
                  name(new OneStreamAppendSql.Shape(events, alone, true, tagged)),
                  isOne ? oneToKnown : tagged ? labelled(appendsToKnown) : appendsToKnown);
        }
      }
    }
    for (boolean together : BOTH) {
      for (boolean tagged : BOTH) {
        for (boolean plain : BOTH) {
          String name = name(new MultiStreamAppendSql.Shape(together, tagged, plain));
          catalogue.runBy("Journal.append", name).expect(name, appendsToMany);
        }
      }
    }
    catalogue
        .expect("settings", nothing())
        .expect("claim", nothing().allowing("Sort", "the streams of one transaction"))
        .expect("write", writes)
        .expect("writeTagged", labelled(writes))
        .expect("writeAt", writes)
        .expect("writeAtTagged", labelled(writes))
        .expect("keepOthersOut", nothing())
        .expect(
            "watermark",
            nothing()
                .allowing(SEQUENCE, WHY_SEQUENCE)
                .allowing(SEQUENCE + " events_position_1", WHY_SEQUENCE)
                .allowing(DATABASES, WHY_DATABASES))
        .expect("lowestBegin", searching(NOTES_BETWEEN))
        .expect(
            "holders",
            searching(
                    "Index Scan using pg_authid_oid_index on pg_authid u: (oid = s.usesysid)",
                    "Index Scan using pg_authid_oid_index on pg_authid u_1: (oid = p.ownerid)")
                .allowing(DATABASES, WHY_DATABASES)
                .allowing("Hash", "the locks of this moment")
                .allowing("Sort", "the locks of this moment"));
  }

  /** What a statement is called in the catalogue. */
  static String name(OneStreamAppendSql.Shape shape) {
    String events =
        switch (shape.events()) {
          case ONE -> "appendOne";
          case PLAIN -> "appendPlain";
          case ANY -> "append";
        };
    return events
        + (shape.known() ? "ToKnown" : "ToAny")
        + (shape.tagged() ? "Tagged" : "")
        + (shape.alone() ? "" : "InTransaction");
  }

  /** The same of one for many streams. */
  static String name(MultiStreamAppendSql.Shape shape) {
    return "appendMany"
        + (shape.together() ? "Together" : "")
        + (shape.tagged() ? "Tagged" : "")
        + (shape.plain() ? "Plain" : "");
  }

  private static ExpectedPlan drawn(ExpectedPlan plan) {
    return plan.allowing(SEQUENCE, WHY_SEQUENCE)
        .allowing("Sort", "the positions that were drawn for this append");
  }

  private static ExpectedPlan labelled(ExpectedPlan plan) {
    return plan.allowing("Hash", "finds the event of each tag of this append in one step");
  }

  private static void expectReadsOfStreams(SqlCatalogue catalogue) {
    catalogue
        .expect("head", searching(STREAM))
        .expect("streamRow", searching(STREAM))
        .expect("claimStream", searching(STREAM))
        .expect(
            "eventsOfKey",
            searching(
                "Index Scan using events_by_idempotency on events: ((stream_id = ?) AND (idempotency_key = ?))"))
        .expect("forwards", searching(STREAM, FORWARDS))
        .expect("backwards", searching(STREAM, BACKWARDS))
        .expect("forwardsByTypes", searching(STREAM, FORWARDS))
        .expect("backwardsByTypes", searching(STREAM, BACKWARDS))
        .expect(
            "seqAt", searching("Index Scan Backward using events_pkey on events: (stream_id = ?)"))
        .expect(
            "hasEvents", searching("Index Only Scan using events_pkey on events: (stream_id = ?)"))
        .expect("idsFrom", searching(STREAM_IDS + "(stream_id >= ?)"))
        .expect("idsBehind", searching(STREAM_IDS + "(stream_id > ?)"))
        .expect("idsFromBelow", searching(STREAM_IDS + "((stream_id >= ?) AND (stream_id < ?))"))
        .expect("idsBehindBelow", searching(STREAM_IDS + "((stream_id > ?) AND (stream_id < ?))"));
  }

  private static void expectReads(SqlCatalogue catalogue) {
    catalogue
        .expect("after", searching(EVENTS_BETWEEN))
        .expect("newestFirst", searching(backward(EVENTS_BETWEEN)))
        .expect("places", searching(EVENTS_BETWEEN))
        .expect(
            "at", searching("Index Scan using events_by_position on events: (global_position = ?)"))
        .expect(
            "whatIsAt",
            searching("Index Scan using events_by_position on events: (global_position = ?)"))
        .expect(
            "latestPosition",
            searching(
                "Index Only Scan Backward using events_by_position on events: (global_position <= ?)"))
        .expect("highestPosition", nothing().allowing(SEQUENCE, WHY_SEQUENCE))
        .expect(
            "stats",
            nothing()
                .allowing("Seq Scan on events", WHY_COUNTED)
                .allowing("Seq Scan on streams", WHY_COUNTED)
                .allowing(
                    "Index Only Scan using events_tags_by_tag on events_tags",
                    "counts different tags")
                .allowing(
                    "Index Only Scan using events_by_position on events events_1",
                    "takes the first entry")
                .allowing(
                    "Index Only Scan Backward using events_by_position on events events_2",
                    "takes the last entry")
                .allowing("Seq Scan on events events_3", "no index has the times")
                .allowing("Seq Scan on events events_4", "no index has the times"));
  }

  private static void expectQueries(SqlCatalogue catalogue) {
    catalogue
        .expect("afterByTypes", searching(EVENTS_BETWEEN))
        .expect("afterInStreams", searching(EVENTS_BETWEEN))
        .expect("newestFirstByTypes", searching(backward(EVENTS_BETWEEN)))
        .expect("newestFirstOfTag", searching(backward(POSITIONS_OF_TAG), EVENT))
        .expect("countAll", searching(indexOnly(EVENTS_BETWEEN)))
        .expect("countOfTag", searching(POSITIONS_OF_TAG, indexOnly(EVENT)))
        .expect("countOfStream", searching(indexOnly(FORWARDS)))
        .expect("recordedBetween", searching(EVENTS_BETWEEN))
        .expect("streamRecordedFrom", searching(STREAM, FORWARDS))
        .expect("noneOfTwoTags", searching(EVENTS_BETWEEN, eitherTagOf("o$", "events")))
        .expect("oneTagInStreams", searching(POSITIONS_OF_TAG, EVENT))
        .expect("oneTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect("oneTagByTypes", searching(POSITIONS_OF_TAG, EVENT))
        .expect("anyOfOneTag", searching(POSITIONS_OF_TAG, EVENT))
        .expect("allOfTwoTags", searching(POSITIONS_OF_TAG, tagOf("o$", "\"t$\""), EVENT))
        .expect(
            "everyFilter",
            searching(
                POSITIONS_OF_TAG,
                tagOf("o$", "\"t$\""),
                eitherTagOf("o$_1", "\"t$\""),
                eitherTagOf("o$_2", "\"t$\""),
                EVENT));
  }

  private static void expectQueriesByAnyTag(SqlCatalogue catalogue) {
    ExpectedPlan eachTagLeads =
        searching(
            POSITIONS_OF_TAG,
            EVENT,
            POSITIONS_OF_NEXT_TAG,
            tagOf("o$", "\"t$_1\""),
            EVENT_OF_NEXT_TAG);
    catalogue
        .expect(
            "newestFirstAnyOf",
            searching(
                backward(POSITIONS_OF_TAG),
                EVENT,
                backward(POSITIONS_OF_NEXT_TAG),
                tagOf("o$", "\"t$_1\""),
                EVENT_OF_NEXT_TAG))
        .expect("anyOfTwoTags", eachTagLeads)
        .expect("anyOfTwoTagsByTypes", eachTagLeads)
        .expect(
            "anyOfButNoneOf",
            searching(
                POSITIONS_OF_TAG,
                eitherTagOf("o$", "\"t$\""),
                EVENT,
                POSITIONS_OF_NEXT_TAG,
                tagOf("o$_2", "\"t$_1\""),
                eitherTagOf("o$_1", "\"t$_1\""),
                EVENT_OF_NEXT_TAG));
  }

  private static String indexOnly(String scan) {
    return scan.replace("Index Scan", "Index Only Scan");
  }

  private static String backward(String scan) {
    return scan.replace("Scan using", "Scan Backward using");
  }

  private static String tagOf(String alias, String event) {
    return "%s\"%s\": ((tag = ?) AND (global_position = %s.global_position))"
        .formatted(BY_TAG, alias, event);
  }

  private static String eitherTagOf(String alias, String event) {
    return "%s\"%s\": ((tag = ANY (ARRAY[?, ?])) AND (global_position = %s.global_position))"
        .formatted(BY_TAG, alias, event);
  }
}
