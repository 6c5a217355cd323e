package dev.daybook.journal.internal.append;

import dev.daybook.internal.statements.Session;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes what a transaction appends into the tables. Without state. */
public interface EventWriter {

  /**
   * Reads the streams that are going to be written, as they are now; no other transaction writes
   * them until this one ends.
   *
   * @return the rows of those that are known
   */
  Map<String, StreamRow> claim(Session session, Collection<String> streamIds);

  /**
   * Writes events, their tags, and the new high-water marks of their streams.
   *
   * @param marks the new high-water mark of each stream
   * @param positions the positions that the events are to have; empty for the next ones
   * @return the events' positions, which ascend
   */
  long[] write(
      Session session,
      List<? extends EventRow<?>> events,
      Map<String, Long> marks,
      long[] positions);
}
