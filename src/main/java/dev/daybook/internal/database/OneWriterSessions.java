package dev.daybook.internal.database;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.sql.Cursor;
import dev.daybook.internal.sql.Reading;
import dev.daybook.internal.sql.RequestWriter;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.TransactionSql;
import dev.daybook.internal.sql.WriteRequest;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Work on the store's own connections: one that writes, and others that read. A database that no
 * second connection can see has one for both; there a read waits for the write that is going on,
 * and a stream's rows are copied out, because its cursor would see what is written behind its back.
 */
final class OneWriterSessions implements StoreSessions {

  private final Writer writer;
  private final @Nullable Readers readers;
  private final TransactionSql sql;
  private final FileWatch files;

  OneWriterSessions(Writer writer, @Nullable Readers readers, TransactionSql sql, FileWatch files) {
    this.writer = writer;
    this.readers = readers;
    this.sql = sql;
    this.files = files;
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    if (readers == null) {
      return writer.exclusive(work::apply);
    }
    files.requireInPlace();
    Session session = readers.borrow();
    try {
      return work.apply(session);
    } finally {
      readers.giveBack(session);
    }
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(Reading<T> reading) {
    Readers cursors = readers;
    if (cursors == null) {
      return list(reading).stream();
    }
    files.requireInPlace();
    Session session = cursors.borrow();
    try {
      return Cursor.open(session, reading, () -> cursors.giveBack(session));
    } catch (Throwable e) {
      cursors.giveBack(session);
      throw e;
    }
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return writer.write(work::apply);
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> requests, R request) {
    writer.write(requests, request);
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
  public boolean readsBesideWrites() {
    return readers != null;
  }

  @Override
  public void requireOutside() {
    writer.requireOutside();
  }

  @Override
  public void close() {
    try {
      if (readers != null) {
        readers.close();
      }
    } finally {
      writer.close();
    }
  }
}
