package dev.daybook.cli.importing.foreign.sources;

import dev.daybook.internal.connections.ForeignFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The order in which the events of a table were written: that of a number that ascends with each
 * row, or else by stream and number, if there is no such number, or it contradicts a stream's
 * order.
 */
final class WrittenOrder {

  private static final String PLACE = "place";
  private static final String BEFORE = "before";

  private final ForeignFile file;
  private final Table<Record> table;
  private final Field<?> stream;
  private final Field<?> seq;
  private final Optional<Field<Long>> place;

  WrittenOrder(
      ForeignFile file, Table<Record> table, Field<?> stream, Field<?> seq, Field<Long> place) {
    this.file = file;
    this.table = table;
    this.stream = stream;
    this.seq = seq;
    this.place = isUsable(place) ? Optional.of(place) : Optional.empty();
  }

  private boolean isUsable(Field<Long> number) {
    if (!file.accepts(sql -> sql.select(number).from(table).limit(1))) {
      return false;
    }
    Field<Long> before =
        DSL.lag(number).over(DSL.partitionBy(stream).orderBy(seq)).as(DSL.name(BEFORE));
    try (ForeignFile.Rows found =
        file.rows(
            sql -> {
              Table<?> pairs =
                  sql.select(number.as(DSL.name(PLACE)), before).from(table).asTable("pairs");
              return sql.select(pairs.asterisk())
                  .from(pairs)
                  .where(
                      DSL.field(DSL.name(PLACE), Long.class)
                          .lt(DSL.field(DSL.name(BEFORE), Long.class)))
                  .limit(1);
            })) {
      return !found.hasNext();
    }
  }

  /** Whether it is that of a number of the table. */
  boolean isOfNumber() {
    return place.isPresent();
  }

  /**
   * The rows of the table, each with its place after the columns that are asked for; to be closed.
   */
  ForeignFile.Rows rows(List<Field<?>> columns, ForeignSource.Order order) {
    List<Field<?>> all = new ArrayList<>(columns);
    all.add(place.<Field<?>>map(number -> number).orElse(DSL.inline(0L)));
    List<OrderField<?>> by =
        order == ForeignSource.Order.WRITTEN && place.isPresent()
            ? List.of(place.get())
            : List.of(stream, seq);
    return file.rows(sql -> sql.select(all).from(table).orderBy(by));
  }

  /** Counts rows whose table has no number for their place. */
  final class Places {
    private long last;

    long of(Record row, int index) {
      Long number = isOfNumber() ? row.get(index, Long.class) : null;
      last = number == null ? last + 1 : number;
      return last;
    }
  }
}
