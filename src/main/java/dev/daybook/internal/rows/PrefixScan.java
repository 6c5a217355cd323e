package dev.daybook.internal.rows;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.transactions.SqlAccess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The ids in a table that start with a prefix, in order. The index is entered by one lower bound,
 * the prefix or the id that the page before has ended with, and left at the end of the prefix's
 * range.
 */
public final class PrefixScan {

  private static final long UNLIMITED = Long.MAX_VALUE;

  private final Param<String> lower;
  private final Param<String> upper;
  private final Param<Long> limit = DSL.param(Long.class);

  /** From the prefix on, without an upper bound. */
  public final Script from;

  /** After an id, without an upper bound. */
  public final Script behind;

  /** From the prefix to the end of its range. */
  public final Script fromBelow;

  /** After an id, to the end of the prefix's range. */
  public final Script behindBelow;

  public PrefixScan(DSLContext dsl, TableField<?, String> id) {
    this.lower = DSL.param(id);
    this.upper = DSL.param(id);
    this.from = render(dsl, id, id.ge(lower));
    this.behind = render(dsl, id, id.gt(lower));
    this.fromBelow = render(dsl, id, id.ge(lower).and(id.lt(upper)));
    this.behindBelow = render(dsl, id, id.gt(lower).and(id.lt(upper)));
  }

  /** All ids with a prefix, one by one. */
  @MustBeClosed
  public Stream<String> stream(SqlAccess access, String prefix) {
    InputRules.requireText("prefix", prefix);
    return access.stream(reading(prefix, "", UNLIMITED));
  }

  /** Some ids with a prefix that come after an id; an empty one for the first page. */
  public List<String> page(SqlAccess access, String prefix, String after, int most) {
    InputRules.requireText("prefix", prefix);
    InputRules.requireText("after", after);
    InputRules.requireNotNegative("limit", most);
    return access.list(reading(prefix, after, most));
  }

  private RowQuery<String> reading(String prefix, String after, long most) {
    return RowQuery.of(
        statement(prefix, after),
        parameters -> bind(parameters, prefix, after, most),
        row -> row.text(1));
  }

  /** The statement for a prefix and the id that the page before has ended with. */
  public Script statement(String prefix, String after) {
    boolean bounded = PrefixRange.end(prefix).isPresent();
    if (startsBehind(prefix, after)) {
      return bounded ? behindBelow : behind;
    }
    return bounded ? fromBelow : from;
  }

  private void bind(Execution parameters, String prefix, String after, long most) {
    Optional<String> end = PrefixRange.end(prefix);
    parameters.set(lower, startsBehind(prefix, after) ? after : prefix).set(limit, most);
    end.ifPresent(below -> parameters.set(upper, below));
  }

  private static boolean startsBehind(String prefix, String after) {
    return !after.isEmpty() && PrefixRange.compare(after, prefix) >= 0;
  }

  private Script render(DSLContext dsl, TableField<?, String> id, Condition range) {
    return Script.of(
        dsl,
        () ->
            dsl.select(id)
                .from(id.getTable())
                .where(range)
                .and(Dialect.of(dsl).onPrimary())
                .orderBy(id)
                .limit(Dialect.of(dsl).rowOrder().limit(limit)));
  }
}
