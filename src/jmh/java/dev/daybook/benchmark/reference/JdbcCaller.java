package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Balance;
import dev.daybook.benchmark.Caller;
import dev.daybook.benchmark.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** What a thread does: it reads on a connection of its own. */
final class JdbcCaller implements Caller {

  private final ReferenceDialect dialect;
  private final Writes writes;
  private final boolean ownWrites;
  private final Connection reading;
  private final EventReads events;
  private final IdReads ids;
  private final SnapshotReads snapshots;
  private final DocumentReads documents;

  JdbcCaller(ReferenceDialect dialect, Writes writes, boolean ownWrites) throws SQLException {
    this.dialect = dialect;
    this.writes = writes;
    this.ownWrites = ownWrites;
    this.reading = dialect.connectReader();
    this.events = new EventReads(reading, dialect.fetchSize());
    this.ids = new IdReads(reading);
    this.snapshots = new SnapshotReads(reading);
    this.documents = new DocumentReads(reading, dialect.fetchSize());
  }

  @Override
  public long append(String streamId, long expectedSeq, List<Fact> facts) throws Exception {
    return writes.inTransaction(() -> writes.appends.append(streamId, expectedSeq, facts));
  }

  @Override
  public long read(String streamId, Consumer<Object> sink) throws SQLException {
    return dialect.read(reading, () -> events.stream(streamId, sink));
  }

  @Override
  public long readDecoded(String streamId, Consumer<Object> sink) throws SQLException {
    return dialect.read(reading, () -> events.decoded(streamId, sink));
  }

  @Override
  public long replay(Consumer<Object> sink) throws SQLException {
    return dialect.read(reading, () -> events.all(sink));
  }

  @Override
  public long readTagged(String tag, Consumer<Object> sink) throws SQLException {
    return dialect.read(reading, () -> events.tagged(tag, sink));
  }

  @Override
  public List<String> streamIds(String prefix) throws SQLException {
    return ids.streams(prefix);
  }

  @Override
  public List<String> documentIds(String prefix) throws SQLException {
    return ids.documents(prefix);
  }

  @Override
  public long saveSnapshot(String streamId, long seq, Balance state) throws Exception {
    byte[] json = SnapshotSaves.encode(state);
    return writes.inTransaction(() -> writes.snapshots.save(streamId, seq, json));
  }

  @Override
  public long loadSnapshot(String streamId, Consumer<Object> sink) throws Exception {
    return snapshots.newest(streamId, sink);
  }

  @Override
  public long appendEntry(String documentId, String json, String version) throws Exception {
    String payload = DocumentAppends.encode(json, version);
    return writes.inTransaction(() -> writes.documents.append(documentId, payload));
  }

  @Override
  public long loadDocument(String documentId, Consumer<Object> sink) throws SQLException {
    return dialect.read(reading, () -> documents.records(documentId, sink));
  }

  @Override
  public long saveCheckpoint(String consumer, long position) throws Exception {
    return writes.alone(() -> writes.checkpoints.save(consumer, position));
  }

  @Override
  public void close() throws SQLException {
    reading.close();
    if (ownWrites) {
      writes.close();
    }
  }
}
