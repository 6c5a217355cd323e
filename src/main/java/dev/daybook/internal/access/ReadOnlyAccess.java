package dev.daybook.internal.access;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import java.util.function.Function;
import java.util.stream.Stream;

/** Access to a database that was opened only to be read. */
public record ReadOnlyAccess(StoreAccess access) implements StoreAccess {

  public static ReadOnlyException refusal() {
    return new ReadOnlyException(
        "this Daybook was opened only to be read; expected one that was built without readOnly()",
        null);
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    return access.read(work);
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> reading) {
    return access.stream(reading);
  }

  @Override
  public <T> T snapshot(Function<Session, T> work) {
    return access.snapshot(work);
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    throw refusal();
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    throw refusal();
  }

  @Override
  public <T, X extends Exception> T transaction(Work<T, X> work) {
    throw refusal();
  }

  @Override
  public boolean readsBesideWrites() {
    return access.readsBesideWrites();
  }

  @Override
  public void requireOutside() {
    access.requireOutside();
  }

  @Override
  public void close() {
    access.close();
  }
}
