package dev.daybook.internal.dialect;

import java.sql.SQLException;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Keeps statements from being answered by a standby. It is behind its primary by some moments, or
 * by more; and it shows neither the primary's locks nor what the primary's sequences are at.
 *
 * <p>The condition stands in the statement that returns the rows, because a statement before it may
 * have gone to another server: a proxy chooses one for each. A proxy that looks for functions that
 * write sends it to the primary by itself.
 *
 * <p>A standby that is promoted while a statement runs answers as the primary that it is by then.
 */
final class PostgresPrimary {

  /** What a server that only reads says to whoever writes. */
  private static final String REFUSED = "25006";

  /** Used nowhere else, and a standby's refusal names it in every language. */
  private static final String WRITING_FUNCTION = "pg_current_xact_id()";

  private PostgresPrimary() {}

  /**
   * A subquery that depends on nothing is run once. The DSL knows neither of the functions; the
   * second one takes a transaction's id, which a standby has none to give, and is called there
   * only.
   */
  static Condition only() {
    return DSL.condition(
        "(select case when pg_is_in_recovery() then "
            + WRITING_FUNCTION
            + " is not null else true end)");
  }

  /** Whether a statement failed because of the condition. */
  static boolean refused(SQLException failure) {
    return REFUSED.equals(failure.getSQLState())
        && Objects.requireNonNullElse(failure.getMessage(), "").contains(WRITING_FUNCTION);
  }
}
