package dev.daybook.journal.internal;

import dev.daybook.internal.sql.PrefixRange;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import java.util.Optional;

/** Which statement lists the ids of streams, and with which bounds. */
final class StreamIdReads {

  private StreamIdReads() {}

  /** The statement for ids that start with a prefix and come behind another id, or behind none. */
  static Rendered statement(JournalStatements sql, String prefix, String after) {
    boolean bounded = PrefixRange.end(prefix).isPresent();
    if (startsBehind(prefix, after)) {
      return bounded ? sql.idsBehindBelow : sql.idsBehind;
    }
    return bounded ? sql.idsFromBelow : sql.idsFrom;
  }

  static void bind(Prepared prepared, String prefix, String after, long limit) {
    Optional<String> end = PrefixRange.end(prefix);
    prepared
        .set(JournalStatements.FROM_ID, startsBehind(prefix, after) ? after : prefix)
        .set(JournalStatements.LIMIT, limit);
    end.ifPresent(below -> prepared.set(JournalStatements.BELOW_ID, below));
  }

  /** One lower bound and no second one, so that the index is entered at the right place. */
  private static boolean startsBehind(String prefix, String after) {
    return !after.isEmpty() && PrefixRange.compare(after, prefix) >= 0;
  }
}
