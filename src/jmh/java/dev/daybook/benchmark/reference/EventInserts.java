package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Fact;
import java.sql.SQLException;
import java.util.List;

/** Writes the rows of one append. */
interface EventInserts {

  /**
   * Inserts events and their tags.
   *
   * @param seq the sequence number of the first
   * @return the position of the last
   */
  long insert(String streamId, long seq, long now, List<Fact> facts) throws SQLException;
}
