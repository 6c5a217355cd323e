package dev.daybook.journal.internal.read;

import dev.daybook.internal.rows.PrefixRange;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.StreamQuery;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Param;

/**
 * What a query leaves out between its bounds.
 *
 * @param values its values, in the order of the shape's components
 */
record EventFilter(Shape shape, List<String> values) {

  /**
   * How many values of each kind there are: all that a statement depends on.
   *
   * @param counts whether the events are counted instead of read
   * @param ofStream whether it is a query of one stream, which has no tags and no prefix
   * @param hasFrom whether recorded times have a beginning
   * @param hasBefore whether recorded times have an end
   * @param streams the ends of a range of stream ids
   */
  record Shape(
      boolean counts,
      boolean ofStream,
      boolean newestFirst,
      boolean hasFrom,
      boolean hasBefore,
      int types,
      int allOf,
      int anyOf,
      int noneOf,
      int streams) {

    /** Whether only the bounds of the query leave events out. */
    boolean isUnfiltered() {
      return values() == 0 && !hasFrom && !hasBefore && !counts;
    }

    Shape counting() {
      return new Shape(
          true, ofStream, newestFirst, hasFrom, hasBefore, types, allOf, anyOf, noneOf, streams);
    }

    int values() {
      return types + allOf + anyOf + noneOf + streams;
    }

    /** Which parameter is what. */
    Places places(List<Param<String>> params) {
      int afterTypes = types;
      int afterAllOf = afterTypes + allOf;
      int afterAnyOf = afterAllOf + anyOf;
      int afterNoneOf = afterAnyOf + noneOf;
      return new Places(
          params.subList(0, afterTypes),
          params.subList(afterTypes, afterAllOf),
          params.subList(afterAllOf, afterAnyOf),
          params.subList(afterAnyOf, afterNoneOf),
          params.subList(afterNoneOf, params.size()));
    }
  }

  /** The parameters of a filter. */
  record Places(
      List<Param<String>> types,
      List<Param<String>> allOf,
      List<Param<String>> anyOf,
      List<Param<String>> noneOf,
      List<Param<String>> streams) {}

  static EventFilter of(StreamQuery query) {
    return new EventFilter(
        new Shape(
            false,
            true,
            query.isNewestFirst(),
            query.recordedFrom().isPresent(),
            query.recordedBefore().isPresent(),
            query.types().size(),
            0,
            0,
            0,
            0),
        List.copyOf(query.types()));
  }

  /** One of a single tag is all of it. */
  static EventFilter of(JournalQuery query) {
    List<String> allOf = new ArrayList<>(query.allOf());
    List<String> anyOf = new ArrayList<>(query.anyOf());
    if (anyOf.size() == 1) {
      allOf.addAll(anyOf);
      anyOf.clear();
    }
    List<String> streams = new ArrayList<>();
    if (!query.streamPrefix().isEmpty()) {
      streams.add(query.streamPrefix());
      PrefixRange.end(query.streamPrefix()).ifPresent(streams::add);
    }
    List<String> values = new ArrayList<>(query.types());
    values.addAll(allOf);
    values.addAll(anyOf);
    values.addAll(query.noneOf());
    values.addAll(streams);
    return new EventFilter(
        new Shape(
            false,
            false,
            query.isNewestFirst(),
            query.recordedFrom().isPresent(),
            query.recordedBefore().isPresent(),
            query.types().size(),
            allOf.size(),
            anyOf.size(),
            query.noneOf().size(),
            streams.size()),
        values);
  }
}
