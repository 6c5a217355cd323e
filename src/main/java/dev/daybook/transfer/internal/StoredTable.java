package dev.daybook.transfer.internal;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.LOADS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;

import dev.daybook.internal.rows.Columns;
import dev.daybook.internal.rows.PrefixRange;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is read to be copied or compared: all its columns, in the order of a key. Texts in
 * a key are ordered by code point, whatever the database, and none of them is empty.
 */
final class StoredTable {

  /** Which events were committed together is of no interest once all of them are there. */
  private static final List<TableField<?, ?>> OF_TRANSACTION = List.of(EVENTS.BEGUN_AFTER);

  /** Events, in the order of the journal. */
  static final StoredTable EVENT_ROWS =
      new StoredTable(EVENTS, OF_TRANSACTION, List.of(EVENTS.GLOBAL_POSITION), EVENTS.STREAM_ID);

  static final StoredTable STREAM_ROWS = new StoredTable(STREAMS, STREAMS.STREAM_ID);
  static final StoredTable TAGS =
      new StoredTable(EVENTS_TAGS, EVENTS_TAGS.STREAM_ID, EVENTS_TAGS.SEQ, EVENTS_TAGS.TAG);
  static final StoredTable SNAPSHOT_ROWS =
      new StoredTable(SNAPSHOTS, SNAPSHOTS.STREAM_ID, SNAPSHOTS.SEQ);
  static final StoredTable METAS = new StoredTable(DOC_META, DOC_META.DOC_ID);
  static final StoredTable RECORDS =
      new StoredTable(DOC_RECORDS, DOC_RECORDS.DOC_ID, DOC_RECORDS.SEQ);

  /** Without the columns of leases: a lease is a process's, and doesn't move to another store. */
  static final StoredTable CHECKPOINT_ROWS =
      new StoredTable(
          CHECKPOINTS,
          List.of(
              CHECKPOINTS.OWNER, CHECKPOINTS.PLACE, CHECKPOINTS.LEASE_MILLIS, CHECKPOINTS.ASKED),
          List.of(CHECKPOINTS.CONSUMER),
          CHECKPOINTS.CONSUMER);

  static final StoredTable DEAD_LETTER_ROWS =
      new StoredTable(DEAD_LETTERS, DEAD_LETTERS.CONSUMER, DEAD_LETTERS.GLOBAL_POSITION);

  static final StoredTable BULK_LOADS = new StoredTable(LOADS, LOADS.LOAD_NAME);

  /** All tables. */
  static final List<StoredTable> ALL =
      List.of(
          EVENT_ROWS,
          STREAM_ROWS,
          TAGS,
          SNAPSHOT_ROWS,
          METAS,
          RECORDS,
          CHECKPOINT_ROWS,
          DEAD_LETTER_ROWS,
          BULK_LOADS);

  final Table<?> table;
  final List<TableField<?, ?>> key;
  final Columns columns;

  /**
   * What rows belong together by: all of a stream, a document or a consumer are compared as one.
   */
  final TableField<?, String> id;

  private final int[] keyIndexes;

  /** A table whose key begins with the id. */
  private StoredTable(Table<?> table, TableField<?, String> id, TableField<?, ?>... restOfKey) {
    this(table, List.of(), key(id, restOfKey), id);
  }

  private StoredTable(
      Table<?> table,
      List<TableField<?, ?>> without,
      List<TableField<?, ?>> key,
      TableField<?, String> id) {
    this.table = table;
    this.id = id;
    this.key = key;
    this.columns = new Columns(table, without.toArray(Field<?>[]::new));
    this.keyIndexes = key.stream().mapToInt(columns.fields()::indexOf).toArray();
  }

  private static List<TableField<?, ?>> key(TableField<?, String> id, TableField<?, ?>[] rest) {
    List<TableField<?, ?>> key = new ArrayList<>();
    key.add(id);
    key.addAll(List.of(rest));
    return key;
  }

  /** What a row belongs to. */
  String id(List<@Nullable Object> row) {
    return columns.value(id, row);
  }

  /** A key that comes before all others. */
  List<Object> beforeAll() {
    return key.stream()
        .<Object>map(field -> field.getType() == String.class ? "" : Long.MIN_VALUE)
        .toList();
  }

  List<Object> key(List<@Nullable Object> row) {
    List<Object> values = new ArrayList<>(keyIndexes.length);
    for (int index : keyIndexes) {
      values.add(Columns.present(columns.fields().get(index), row.get(index)));
    }
    return values;
  }

  static int compare(List<Object> left, List<Object> right) {
    for (int i = 0; i < left.size(); i++) {
      int order =
          left.get(i) instanceof String text
              ? PrefixRange.compare(text, (String) right.get(i))
              : Long.compare(
                  ((Number) left.get(i)).longValue(), ((Number) right.get(i)).longValue());
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
