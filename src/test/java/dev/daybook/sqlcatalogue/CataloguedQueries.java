package dev.daybook.sqlcatalogue;

import dev.daybook.journal.EventQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Queries of many kinds, whose statements are rendered for what is asked. */
public final class CataloguedQueries {

  private static final Instant TIME = Instant.EPOCH;

  private CataloguedQueries() {}

  /** Those that are read, by the names of their statements. */
  public static Map<String, EventQuery> read() {
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

  /** Those whose events are counted. */
  public static Map<String, EventQuery> counted() {
    Map<String, EventQuery> queries = new LinkedHashMap<>();
    queries.put("countAll", EventQuery.all());
    queries.put("countOfTag", EventQuery.all().taggedAllOf("a"));
    queries.put("countOfStream", EventQuery.stream("s"));
    return queries;
  }
}
