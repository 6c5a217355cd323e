package dev.daybook.internal.sql;

import java.util.List;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of statements that go together: set their parameters, run them, close them. */
public final class PreparedTogether implements Parameters, AutoCloseable {

  private final RenderedTogether rendered;
  private final List<Prepared> all;

  /**
   * @param all which are run in this order; each may be several
   */
  PreparedTogether(RenderedTogether rendered, List<Prepared> all) {
    this.rendered = rendered;
    this.all = all;
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
    return runToLast().updateLast();
  }

  /** Runs them, and reads the rows of the last one. */
  public <T> List<T> list(RowReader<T> reader) {
    return runToLast().listLast(reader);
  }

  private Prepared runToLast() {
    int last = all.size() - 1;
    all.subList(0, last).forEach(Prepared::updateLast);
    return all.get(last);
  }

  @Override
  public void close() {
    all.forEach(Prepared::close);
  }
}
