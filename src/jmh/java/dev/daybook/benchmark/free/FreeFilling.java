package dev.daybook.benchmark.free;

import dev.daybook.Daybook;
import dev.daybook.benchmark.Balance;
import dev.daybook.benchmark.Fact;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Takes over what a Daybook holds, in one transaction. */
final class FreeFilling {

  private static final int AT_ONCE = 1_000;

  private final PreparedStatement event;
  private final PreparedStatement tag;
  private final PreparedStatement snapshot;
  private int waiting;

  private FreeFilling(Connection connection) throws Exception {
    this.event =
        connection.prepareStatement(
            "insert into events (position, stream_id, seq, type, ts, payload) values (?, ?, ?, ?, ?, ?)");
    this.tag = connection.prepareStatement("insert into tags (tag, position) values (?, ?)");
    this.snapshot =
        connection.prepareStatement(
            "insert into snapshots (stream_id, seq, ts, state) values (?, ?, ?, ?)");
  }

  static void fill(Connection connection, Daybook daybook, List<String> snapshots)
      throws Exception {
    connection.setAutoCommit(false);
    FreeFilling filling = new FreeFilling(connection);
    try (Stream<RecordedEvent<EncodedEvent>> events =
        daybook.rawJournal().stream(EventQuery.all())) {
      for (Iterator<RecordedEvent<EncodedEvent>> rows = events.iterator(); rows.hasNext(); ) {
        filling.add(rows.next());
      }
    }
    for (String streamId : snapshots) {
      filling.add(daybook.snapshots(Balance.class).loadLatest(streamId).orElseThrow());
    }
    filling.flush();
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void add(RecordedEvent<EncodedEvent> recorded) throws Exception {
    event.setLong(1, recorded.position());
    event.setString(2, recorded.streamId());
    event.setLong(3, recorded.seq());
    event.setString(4, recorded.type());
    event.setLong(5, recorded.time().toEpochMilli());
    event.setBytes(6, recorded.data().payload());
    event.addBatch();
    for (String each : recorded.tags()) {
      tag.setString(1, each);
      tag.setLong(2, recorded.position());
      tag.addBatch();
    }
    count();
  }

  private void add(Snapshot<Balance> newest) throws Exception {
    snapshot.setString(1, newest.streamId());
    snapshot.setLong(2, newest.seq());
    snapshot.setLong(3, newest.time().toEpochMilli());
    snapshot.setBytes(4, Fact.json(newest.state()));
    snapshot.addBatch();
    count();
  }

  private void count() throws Exception {
    if (++waiting == AT_ONCE) {
      flush();
    }
  }

  private void flush() throws Exception {
    event.executeBatch();
    tag.executeBatch();
    snapshot.executeBatch();
    waiting = 0;
  }
}
