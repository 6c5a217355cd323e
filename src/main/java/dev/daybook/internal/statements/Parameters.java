package dev.daybook.internal.statements;

import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** The parameters of what is going to be run: a statement, or several that go together. */
public sealed interface Parameters permits Prepared, PreparedTogether {

  /** Sets a parameter wherever it stands; it must stand somewhere. */
  <T> Parameters set(Param<T> param, @Nullable T value);

  /** Sets a number wherever it stands; it must stand somewhere. */
  Parameters set(Param<Long> param, long value);

  /** Sets numbers, none of which is NULL, wherever they stand; they must stand somewhere. */
  Parameters set(Param<Long[]> param, long[] values);
}
