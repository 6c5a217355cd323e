package dev.daybook.transfer.internal;

import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.rows.PageSize;
import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.statements.Cursor;
import dev.daybook.internal.statements.ReadAhead;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in the order of its key, of which the next can be read before it is taken.
 * They are read page by page, each after the last key of the page before, and a page has no more
 * rows than fit into memory. From the first full page on, another thread reads the next page while
 * one is processed: the session that the rows are read in must not be used otherwise until this is
 * closed.
 */
final class Scan implements AutoCloseable {

  /** How many rows a page has at most. */
  private static final long MOST_ROWS = 5_000;

  private final ReadScope reading;
  private final TableSql sql;
  private final long upTo;
  private final Deque<List<@Nullable Object>> page = new ArrayDeque<>();
  private final ReadAhead<List<List<@Nullable Object>>> ahead;
  private Consumer<List<@Nullable Object>> taken = row -> {};
  private List<Object> last;
  private boolean ended;

  /**
   * @param after the key after which it begins
   * @param upTo the highest position that is read, in a table that has events' positions
   */
  Scan(ReadScope reading, TableSql sql, List<Object> after, long upTo) {
    this.reading = reading;
    this.sql = sql;
    this.last = after;
    this.upTo = upTo;
    this.ahead = new ReadAhead<>(Deadline.carried(() -> this.reading.read(this::next)));
  }

  /** Reports each row that is taken from now on. */
  Scan telling(Consumer<List<@Nullable Object>> listener) {
    taken = listener;
    return this;
  }

  /** The next row, which stays the next; {@code null} at the end. */
  @Nullable List<@Nullable Object> peek() {
    if (page.isEmpty()) {
      page.addAll(ahead.take());
      if (!ended) {
        ahead.begin();
      }
    }
    return page.peek();
  }

  /** Takes the next row; {@code null} at the end. */
  @Nullable List<@Nullable Object> poll() {
    List<@Nullable Object> row = peek();
    if (row != null) {
      page.poll();
      taken.accept(row);
    }
    return row;
  }

  /**
   * The next rows, in a session; none at the end. One that is in a transaction has no more of them
   * in memory than it gives.
   */
  List<List<@Nullable Object>> next(Session session) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    if (!ended) {
      ended = true;
      long bytes = 0;
      try (Stream<List<@Nullable Object>> behindLast = Cursor.open(session, page(), () -> {})) {
        Iterator<List<@Nullable Object>> next = behindLast.iterator();
        while (next.hasNext() && bytes < PageSize.MOST_BYTES) {
          List<@Nullable Object> row = next.next();
          bytes += PageSize.bytes(row);
          rows.add(row);
        }
        ended = rows.size() < MOST_ROWS && bytes < PageSize.MOST_BYTES;
      }
      last = rows.isEmpty() ? last : sql.table.key(rows.get(rows.size() - 1));
    }
    return rows;
  }

  private RowQuery<List<@Nullable Object>> page() {
    List<Object> key = last;
    return RowQuery.of(
        sql.page,
        parameters -> {
          sql.set(parameters, key).set(TableSql.LIMIT, MOST_ROWS);
          if (sql.isUpTo()) {
            parameters.set(TableSql.UP_TO, upTo);
          }
        },
        sql.table.columns::read);
  }

  @Override
  public void close() {
    ahead.close();
  }
}
