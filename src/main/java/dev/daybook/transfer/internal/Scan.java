package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.PageSize;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in the order of its key, of which the next can be looked at before it is
 * taken. They are read page by page, each behind the last key of the page before, and a page has no
 * more rows than fit into memory.
 */
final class Scan {

  private final Reading reading;
  private final TableSql sql;
  private final long upTo;
  private final Deque<List<@Nullable Object>> page = new ArrayDeque<>();
  private List<Object> last;
  private boolean ended;

  /**
   * @param after the key behind which it begins
   * @param upTo the highest position that is looked at, in a table that has events' positions
   */
  Scan(Reading reading, TableSql sql, List<Object> after, long upTo) {
    this.reading = reading;
    this.sql = sql;
    this.last = after;
    this.upTo = upTo;
  }

  /** The next row, which stays the next; {@code null} at the end. */
  @Nullable List<@Nullable Object> peek() {
    if (page.isEmpty() && !ended) {
      page.addAll(reading.read(this::next));
    }
    return page.peek();
  }

  /** Takes the next row; {@code null} at the end. */
  @Nullable List<@Nullable Object> poll() {
    List<@Nullable Object> row = peek();
    page.poll();
    return row;
  }

  /** The next rows, in a session; none at the end. */
  List<List<@Nullable Object>> next(Session session) {
    long most = sql.table.isLarge() ? fitting(session) : PageSize.MOST_ROWS;
    if (most == 0) {
      ended = true;
      return List.of();
    }
    try (Prepared prepared = behindLast(session, sql.page, most)) {
      List<List<@Nullable Object>> rows = prepared.list(sql.table.columns::read);
      if (rows.isEmpty() || (!sql.table.isLarge() && rows.size() < most)) {
        ended = true;
      }
      if (!rows.isEmpty()) {
        last = sql.table.key(rows.get(rows.size() - 1));
      }
      return rows;
    }
  }

  /** How many of the next rows make a page; if any, at least one. */
  private long fitting(Session session) {
    try (Prepared prepared = behindLast(session, sql.sizes, PageSize.MOST_ROWS)) {
      return PageSize.of(prepared.list(row -> row.number(1)));
    }
  }

  private Prepared behindLast(Session session, Rendered statement, long most) {
    Prepared prepared = sql.set(session.prepare(statement), last).set(TableSql.LIMIT, most);
    return sql.isUpTo() ? prepared.set(TableSql.UP_TO, upTo) : prepared;
  }
}
