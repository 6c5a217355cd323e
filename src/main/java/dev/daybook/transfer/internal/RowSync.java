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
final class RowSync {

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

  /**
   * Makes the target's rows those of the source.
   *
   * @return how many were different
   */
  long run(Differences differences) {
    long found = differences.find(this::take);
    write();
    return found;
  }

  private void take(Differences.Change change, List<@Nullable Object> row) {
    switch (change) {
      case ADDED -> added.add(row);
      case CHANGED -> changed.add(row);
      case GONE -> gone.add(table.key(row));
    }
    bytes += PageSize.bytes(row);
    if (count() >= PageSize.MOST_ROWS || bytes >= PageSize.MOST_BYTES) {
      write();
    }
  }

  private void write() {
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
