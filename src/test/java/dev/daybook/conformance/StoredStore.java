package dev.daybook.conformance;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.LOADS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;

import dev.daybook.Daybook;
import dev.daybook.fixture.StoreTables;
import dev.daybook.internal.rows.HighWaterMark;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * All that the tables of a store hold, each row as text, but for who holds a lease, which events
 * were committed together, and the checkpoint of a copy, which has no name. Of a stream the
 * high-water mark, wherever it is kept.
 */
public record StoredStore(Map<String, List<String>> tables) {

  private static final Set<Field<?>> LEFT_OUT =
      Set.of(
          CHECKPOINTS.OWNER,
          CHECKPOINTS.PLACE,
          CHECKPOINTS.LEASE_MILLIS,
          CHECKPOINTS.ASKED,
          EVENTS.BEGUN_AFTER);

  public static StoredStore of(Daybook daybook) {
    return daybook.transactionResult(
        tx -> {
          Map<String, List<String>> tables = new LinkedHashMap<>();
          Condition all = DSL.noCondition();
          rows(tables, StoreTables.in(tx), STREAMS, all);
          rows(tables, StoreTables.in(tx), EVENTS, all);
          rows(tables, StoreTables.in(tx), EVENTS_TAGS, all);
          rows(tables, StoreTables.in(tx), SNAPSHOTS, all);
          rows(tables, StoreTables.in(tx), DOC_META, all);
          rows(tables, StoreTables.in(tx), DOC_RECORDS, all);
          rows(tables, StoreTables.in(tx), CHECKPOINTS, CHECKPOINTS.CONSUMER.ne(""));
          rows(tables, StoreTables.in(tx), DEAD_LETTERS, all);
          rows(tables, StoreTables.in(tx), LOADS, all);
          return new StoredStore(tables);
        });
  }

  /** How many rows there are. */
  public int size() {
    return tables.values().stream().mapToInt(List::size).sum();
  }

  /** The rows of a table. */
  public List<String> rows(Table<?> table) {
    return tables.getOrDefault(table.getName(), List.of());
  }

  private static void rows(
      Map<String, List<String>> tables, DSLContext dsl, Table<?> table, Condition which) {
    List<? extends Field<?>> fields =
        Arrays.stream(table.fields())
            .filter(field -> !LEFT_OUT.contains(field))
            .map(field -> field.equals(STREAMS.LAST_SEQ) ? HighWaterMark.of(dsl) : field)
            .toList();
    tables.put(
        table.getName(),
        dsl.select(fields).from(table).where(which).fetch().stream()
            .map(StoredStore::text)
            .sorted()
            .toList());
  }

  private static String text(Record row) {
    return Arrays.stream(row.intoArray())
        .map(
            value ->
                value instanceof byte[] bytes
                    ? HexFormat.of().formatHex(bytes)
                    : String.valueOf(value))
        .toList()
        .toString();
  }
}
