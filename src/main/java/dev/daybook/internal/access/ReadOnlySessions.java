package dev.daybook.internal.access;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.ReadOnlyException;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.Reading;
import dev.daybook.internal.statements.Session;
import java.util.function.Function;
import java.util.stream.Stream;

/** Sessions of a database that was opened only to be read. */
public record ReadOnlySessions(StoreSessions sessions) implements StoreSessions {

  public static ReadOnlyException refusal() {
    return new ReadOnlyException(
        "this Daybook was opened only to be read; expected one that was built without readOnly()",
        null);
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    return sessions.read(work);
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(Reading<T> reading) {
    return sessions.stream(reading);
  }

  @Override
  public <T> T snapshot(Function<Session, T> work) {
    return sessions.snapshot(work);
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
    return sessions.readsBesideWrites();
  }

  @Override
  public void requireOutside() {
    sessions.requireOutside();
  }

  @Override
  public void close() {
    sessions.close();
  }
}
