package dev.daybook.internal.database;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import java.util.function.Function;
import java.util.stream.Stream;

/** Access of callers whose streams are followed until they are closed. */
record FollowedAccess(SqlAccess access, OpenUses uses) implements SqlAccess {

  @Override
  public <T> T read(Function<Session, T> work) {
    return access.read(work);
  }

  @Override
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed by the caller, with the stream around it.
  public <T> Stream<T> stream(RowQuery<T> reading) {
    return uses.followed(access.stream(reading));
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return access.write(work);
  }

  @Override
  public <T> T writeAtOnce(Function<Session, T> work) {
    return access.writeAtOnce(work);
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    access.write(writer, request);
  }

  @Override
  public boolean isCallers() {
    return access.isCallers();
  }
}
