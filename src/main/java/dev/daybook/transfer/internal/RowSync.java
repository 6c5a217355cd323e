package dev.daybook.transfer.internal;

import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.rows.PageSize;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is different in a table of the target, some rows a transaction. */
final class RowSync implements Differences.Listener {

  private final CopyStore target;
  private final HeldMark mark;
  private final StoredTable table;
  private final List<List<@Nullable Object>> added = new ArrayList<>();
  private final List<List<@Nullable Object>> changed = new ArrayList<>();
  private final List<List<Object>> gone = new ArrayList<>();
  private long bytes;

  RowSync(CopyStore target, HeldMark mark, StoredTable table) {
    this.target = target;
    this.mark = mark;
    this.table = table;
  }

  @Override
  public void added(List<@Nullable Object> row) {
    take(added, row);
  }

  @Override
  public void changed(List<@Nullable Object> row) {
    take(changed, row);
  }

  private void take(List<List<@Nullable Object>> rows, List<@Nullable Object> row) {
    rows.add(row);
    bytes += PageSize.bytes(row);
    writeIfFull();
  }

  @Override
  public void gone(List<@Nullable Object> row) {
    gone.add(table.key(row));
    writeIfFull();
  }

  @Override
  public void end() {
    if (count() > 0) {
      target.writeNew(this::write);
      added.clear();
      changed.clear();
      gone.clear();
      bytes = 0;
    }
  }

  private int count() {
    return added.size() + changed.size() + gone.size();
  }

  private void writeIfFull() {
    if (count() >= PageSize.MOST_ROWS || bytes >= PageSize.MOST_BYTES) {
      end();
    }
  }

  private void write(Session session, boolean areNew) {
    mark.hold(session);
    TableSql sql = target.sql().of(table);
    if (!gone.isEmpty()) {
      try (Execution delete = session.prepare(sql.delete)) {
        gone.forEach(key -> sql.set(delete.nextRow(), key));
        delete.updateRows();
      }
    }
    target.write(session, table, added, areNew);
    target.write(session, table, changed, false);
    if (table == StoredTable.STREAM_ROWS) {
      deleteEvents(session);
    }
  }

  /** A stream's row says which of its events were deleted; it changes whenever some are. */
  private void deleteEvents(Session session) {
    TransferStatements sql = target.sql();
    for (List<Object> key : gone) {
      delete(session, sql, (String) key.get(0), Long.MAX_VALUE);
    }
    added.forEach(row -> deleteEvents(session, sql, row));
    changed.forEach(row -> deleteEvents(session, sql, row));
  }

  private void deleteEvents(
      Session session, TransferStatements sql, List<@Nullable Object> stream) {
    long deletedTo = table.columns.value(Tables.STREAMS.DELETED_TO, stream);
    if (deletedTo > 0) {
      delete(session, sql, table.id(stream), deletedTo);
    }
  }

  private static void delete(Session session, TransferStatements sql, String streamId, long to) {
    for (Script statement : List.of(sql.deleteTags, sql.deleteEvents)) {
      try (Execution delete = session.prepare(statement)) {
        delete.set(TransferStatements.STREAM_ID, streamId).set(TransferStatements.SEQ, to).update();
      }
    }
  }
}
