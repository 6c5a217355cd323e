package dev.daybook.internal.access;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteQueue;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Cursor;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.TransactionSql;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work on the store's own connections: one that writes, and others that read. A database that no
 * second connection can see has one for both; there a read waits for the write in progress, and a
 * stream's rows are copied first, because its cursor would see later writes.
 */
public final class SingleWriterAccess implements StoreAccess {

  private final WriteQueue queue = new WriteQueue();
  private final SingleWriter writer;
  private final @Nullable ReaderPool readers;
  private final TransactionSql sql;
  private final FileWatch files;
  private final LogLimit log;
  private final Optional<LogMover> mover;

  public SingleWriterAccess(
      SingleWriter writer,
      @Nullable ReaderPool readers,
      TransactionSql sql,
      FileWatch files,
      LogLimit log,
      Optional<LogMover> mover) {
    this.writer = writer;
    this.readers = readers;
    this.sql = sql;
    this.files = files;
    this.log = log;
    this.mover = mover;
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    if (readers == null) {
      return writer.exclusive(work::apply);
    }
    files.requireInPlace();
    Session session = borrow(readers);
    try {
      return work.apply(session);
    } finally {
      giveBack(session, readers);
    }
  }

  private Session borrow(ReaderPool from) {
    log.enter();
    try {
      Session session = from.borrow();
      session.watch(Deadline.current());
      return session;
    } catch (Throwable e) {
      log.leave();
      throw e;
    }
  }

  private void giveBack(Session session, ReaderPool to) {
    session.unwatch();
    end(session, to);
  }

  private void end(Session session, ReaderPool to) {
    log.leave();
    try {
      rest(session);
    } finally {
      to.giveBack(session);
    }
  }

  /** A caller that only waits on its session holds nothing back. */
  @Override
  public <T> T watch(Function<Session, T> work) {
    if (readers == null) {
      return read(work);
    }
    return readers.watching(work);
  }

  @Override
  public void rest(Session session) {
    log.shortenIfDue(session, writer::ifFree);
  }

  @Override
  public <T> T readingElsewhere(Supplier<T> work) {
    return readers == null ? work.get() : read(session -> work.get());
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> reading) {
    ReaderPool cursors = readers;
    if (cursors == null) {
      return list(reading).stream();
    }
    files.requireInPlace();
    Session session = borrow(cursors);
    try {
      return Cursor.openAhead(session, reading, () -> end(session, cursors));
    } catch (Throwable e) {
      giveBack(session, cursors);
      throw e;
    }
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return writer.write(work::apply);
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> requests, R request) {
    writer.requireOutside();
    WriteQueue.Entry<R> entry = new WriteQueue.Entry<>(requests, request);
    List<CommitAction> actions = List.of();
    queue.enter(entry);
    try {
      if (queue.awaitLead(entry)) {
        actions = writer.writeNext(queue);
      }
    } finally {
      queue.leave(entry);
    }
    actions.forEach(CommitAction::released);
    request.outcome().requireWritten();
  }

  @Override
  public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
    return writer.write(work);
  }

  @Override
  public <T> T snapshot(Function<Session, T> work) {
    return read(
        session -> {
          try {
            session.run(sql.beginRead());
            T result = work.apply(session);
            session.run(sql.rollback());
            return result;
          } catch (Throwable e) {
            WriterTransaction.rollBack(session, sql, e);
            throw e;
          }
        });
  }

  @Override
  public int waitingWrites() {
    return queue.waiting();
  }

  @Override
  public boolean readsBesideWrites() {
    return readers != null;
  }

  @Override
  public void requireOutside() {
    writer.requireOutside();
  }

  @Override
  public void close() {
    mover.ifPresent(LogMover::end);
    try {
      if (readers != null) {
        readers.close();
      }
    } finally {
      Cleaning.all(List.of(() -> mover.ifPresent(LogMover::close), writer::close));
    }
  }
}
