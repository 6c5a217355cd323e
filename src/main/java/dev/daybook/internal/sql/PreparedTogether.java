package dev.daybook.internal.sql;

import java.util.List;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of statements that go together: set their parameters, run them, close them. */
public final class PreparedTogether implements AutoCloseable {

  private final RenderedTogether rendered;
  private final List<Prepared> all;

  /**
   * @param all which are run in this order; each may be several
   */
  PreparedTogether(RenderedTogether rendered, List<Prepared> all) {
    this.rendered = rendered;
    this.all = all;
  }

  /** Sets a parameter in each statement that has it. */
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
    int written = 0;
    for (Prepared each : all) {
      written = each.updateLast();
    }
    return written;
  }

  @Override
  public void close() {
    all.forEach(Prepared::close);
  }
}
