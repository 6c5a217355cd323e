package dev.daybook.conformance;

import java.util.List;
import org.jooq.SQLDialect;

/**
 * How damage is written down for a database. What each has words of its own for is written {@code
 * bytes('text')}, and {@code positions := query} for the highest position that was ever given.
 */
enum Planting {
  SQLITE(
      "cast($1 as blob)",
      "insert into events_position values (1, ($1)) on conflict (only_row) do update set given_to = excluded.given_to",
      List.of()),

  POSTGRES(
      "convert_to($1, 'UTF8')",
      "select setval('events_position', ($1))",
      List.of("alter table events_tags drop constraint events_tags_stream_id_seq_fkey"));

  private final String bytes;
  private final String positions;

  @SuppressWarnings("ImmutableEnumChecker") // List.of can't be changed.
  private final List<String> withoutReferences;

  Planting(String bytes, String positions, List<String> withoutReferences) {
    this.bytes = bytes;
    this.positions = positions;
    this.withoutReferences = withoutReferences;
  }

  static Planting of(SQLDialect family) {
    return family == SQLDialect.POSTGRES ? POSTGRES : SQLITE;
  }

  /** A statement in the words of this database. */
  String words(String sql) {
    return sql.replaceAll("bytes\\(('[^']*')\\)", bytes).replaceAll("positions := (.*)", positions);
  }

  /** What must be run before rows can be planted that refer to nothing. */
  List<String> withoutReferences() {
    return withoutReferences;
  }
}
