package dev.daybook.transfer.internal;

import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.rows.PageSize;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is different in a table of the target, some rows a transaction. */
final class Changes implements Differences.Listener {

  private final Side target;
  private final Mark mark;
  private final StoredTable table;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private final List<List<Object>> gone = new ArrayList<>();
  private long bytes;

  Changes(Side target, Mark mark, StoredTable table) {
    this.target = target;
    this.mark = mark;
    this.table = table;
  }

  @Override
  public void changed(List<@Nullable Object> row) {
    rows.add(row);
    bytes += PageSize.bytes(row);
    writeIfFull();
  }

  @Override
  public void gone(List<Object> key) {
    gone.add(key);
    writeIfFull();
  }

  @Override
  public void end() {
    if (!rows.isEmpty() || !gone.isEmpty()) {
      target.write(this::write);
      rows.clear();
      gone.clear();
      bytes = 0;
    }
  }

  private void writeIfFull() {
    if (rows.size() + gone.size() >= PageSize.MOST_ROWS || bytes >= PageSize.MOST_BYTES) {
      end();
    }
  }

  private boolean write(Session session) {
    mark.hold(session);
    TableSql sql = target.sql().of(table);
    if (!gone.isEmpty()) {
      try (Prepared delete = session.prepare(sql.delete)) {
        gone.forEach(key -> sql.set(delete.nextRow(), key));
        delete.updateRows();
      }
    }
    if (!rows.isEmpty()) {
      try (Prepared upsert = session.prepare(sql.upsert)) {
        rows.forEach(row -> table.columns.set(upsert.nextRow(), row));
        upsert.updateRows();
      }
    }
    if (table == StoredTable.STREAM_ROWS) {
      deleteEvents(session);
    }
    return true;
  }

  /** A stream's row says which of its events were deleted; it changes whenever some are. */
  private void deleteEvents(Session session) {
    TransferStatements sql = target.sql();
    for (List<Object> key : gone) {
      delete(session, sql, (String) key.get(0), Long.MAX_VALUE);
    }
    for (List<@Nullable Object> row : rows) {
      long deletedTo = table.columns.value(Tables.STREAMS.DELETED_TO, row);
      if (deletedTo > 0) {
        delete(session, sql, table.columns.value(Tables.STREAMS.STREAM_ID, row), deletedTo);
      }
    }
  }

  private static void delete(Session session, TransferStatements sql, String streamId, long to) {
    for (Rendered statement : List.of(sql.deleteTags, sql.deleteEvents)) {
      try (Prepared delete = session.prepare(statement)) {
        delete.set(TransferStatements.STREAM_ID, streamId).set(TransferStatements.SEQ, to).update();
      }
    }
  }
}
