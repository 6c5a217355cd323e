package dev.daybook.cli.importing.foreign.sources;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.connections.ForeignFile;
import dev.daybook.internal.rows.PrefixRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table of a source, one by one, of which the next can be read before it is taken.
 *
 * @param <T> what a row says
 */
public final class SourceRows<T> implements AutoCloseable {

  private final ForeignFile.@Nullable Rows rows;
  private final Function<Record, SourceRow<T>> reading;
  private @Nullable SourceRow<T> next;

  /**
   * @param rows the rows; {@code null} for none
   */
  @MustBeClosed
  SourceRows(ForeignFile.@Nullable Rows rows, Function<Record, SourceRow<T>> reading) {
    this.rows = rows;
    this.reading = reading;
  }

  /** Of a table that the source does not have. */
  @MustBeClosed
  static <T> SourceRows<T> none() {
    return new SourceRows<>(
        null,
        row -> {
          throw new IllegalStateException("there are no rows");
        });
  }

  /**
   * Of a table that says one thing of each stream or consumer, in the order of their ids. A row has
   * the id, and then what is said of it.
   *
   * @param table the table; empty if the source does not have it
   */
  @MustBeClosed
  static <T> SourceRows<T> byId(
      ForeignFile file,
      Optional<SourceTable> table,
      String id,
      Function<SourceTable, Field<?>> said,
      RowReading<T> reading) {
    if (table.isEmpty()) {
      return none();
    }
    SourceTable from = table.get();
    return new SourceRows<>(
        file.rows(
            sql ->
                sql.select(from.column(id), said.apply(from))
                    .from(from.from())
                    .orderBy(from.column(id))),
        row -> SourceRow.of(from.name(), SourceTable.id(row, 0), -1, 0, () -> reading.read(row)));
  }

  /**
   * Of a table whose rows are numbered in each stream or document, in the order of their ids and
   * numbers.
   *
   * @param columns what is read: the id and the number first
   */
  @MustBeClosed
  static <T> SourceRows<T> byNumber(
      ForeignFile file, SourceTable table, List<Field<?>> columns, RowReading<T> reading) {
    return new SourceRows<>(
        file.rows(sql -> sql.select(columns).from(table.from()).orderBy(columns.subList(0, 2))),
        row ->
            SourceRow.of(
                table.name(),
                SourceTable.id(row, 0),
                SourceTable.seq(row, 1),
                0,
                () -> reading.read(row)));
  }

  /** Makes what a row says; throws as {@link SourceRow.Reading}. */
  interface RowReading<T> {
    T read(Record row) throws IOException;
  }

  /** The next row, which stays the next; {@code null} at the end. */
  public @Nullable SourceRow<T> peek() {
    if (next == null && rows != null && rows.hasNext()) {
      next = reading.apply(rows.next());
    }
    return next;
  }

  /** Takes the next row; {@code null} at the end. */
  public @Nullable SourceRow<T> poll() {
    SourceRow<T> row = peek();
    next = null;
    return row;
  }

  /** Takes the next row if it is of a stream or a document; {@code null} if it is not. */
  public @Nullable SourceRow<T> pollOf(String id) {
    SourceRow<T> row = peek();
    return row != null && row.id().equals(id) ? poll() : null;
  }

  /** The lower of an id and that of the next row, by code points. */
  public @Nullable String lowerId(@Nullable String id) {
    SourceRow<T> row = peek();
    if (row == null || (id != null && PrefixRange.compare(id, row.id()) <= 0)) {
      return id;
    }
    return row.id();
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}
