package dev.daybook.internal.sql;

import java.util.List;
import java.util.function.Function;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of statements that go together: set their parameters, run them, close them. */
public final class PreparedTogether implements Parameters, AutoCloseable {

  private final Session session;
  private final RenderedTogether rendered;
  private final List<Prepared> all;
  private final boolean commits;

  /**
   * @param all which are run in this order; one, if all go as one text
   * @param commits whether that text ends with a commit, and a transaction has to be begun for it
   */
  PreparedTogether(
      Session session, RenderedTogether rendered, List<Prepared> all, boolean commits) {
    this.session = session;
    this.rendered = rendered;
    this.all = all;
    this.commits = commits;
  }

  @Override
  public <T> PreparedTogether set(Param<T> param, @Nullable T value) {
    boolean found = false;
    for (Prepared each : all) {
      if (each.has(param)) {
        each.set(param, value);
        found = true;
      }
    }
    if (!found) {
      throw new IllegalArgumentException("no such parameter in: " + rendered);
    }
    return this;
  }

  /** Runs them, and says how many rows the last one wrote. */
  public int update() {
    return run(Prepared::update, Prepared::updateAt);
  }

  /** Runs them, and reads the rows of the last one. */
  public <T> List<T> list(RowReader<T> reader) {
    return run(last -> last.list(reader), (last, at) -> last.listAt(at, reader));
  }

  private interface AtPlace<T> {
    T run(Prepared joined, int place);
  }

  private <T> T run(Function<Prepared, T> last, AtPlace<T> joined) {
    int place = rendered.statements().size() - 1;
    if (all.size() <= place) {
      rendered.statements().forEach(session::announce);
      return commits
          ? session.committing(() -> joined.run(all.get(0), place))
          : joined.run(all.get(0), place);
    }
    all.subList(0, place).forEach(Prepared::update);
    return last.apply(all.get(place));
  }

  @Override
  public void close() {
    all.forEach(Prepared::close);
  }
}
