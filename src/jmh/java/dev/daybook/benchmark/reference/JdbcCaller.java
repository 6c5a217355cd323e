package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Balance;
import dev.daybook.benchmark.Caller;
import dev.daybook.benchmark.Fact;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a thread does: it reads on a connection of its own, if it reads. */
final class JdbcCaller implements Caller {

  private final ReferenceDialect dialect;
  private final Writes writes;
  private final boolean ownWrites;
  private @Nullable Reads reads;

  JdbcCaller(ReferenceDialect dialect, Writes writes, boolean ownWrites) {
    this.dialect = dialect;
    this.writes = writes;
    this.ownWrites = ownWrites;
  }

  private interface Read {
    long run(Reads reads) throws SQLException;
  }

  private Reads reads() throws SQLException {
    Reads open = reads;
    if (open == null) {
      open = new Reads(dialect);
      reads = open;
    }
    return open;
  }

  private long read(Read read) throws SQLException {
    Reads open = reads();
    return dialect.read(open.connection, () -> read.run(open));
  }

  @Override
  public long append(String streamId, long expectedSeq, List<Fact> facts) throws Exception {
    return writes.inTransaction(() -> writes.appends.append(streamId, expectedSeq, facts));
  }

  @Override
  public long appendInline(String streamId, long expectedSeq, List<Fact> facts) throws Exception {
    return writes.inTransaction(
        () ->
            writes.checkpoints.save(
                "projection", writes.appends.append(streamId, expectedSeq, facts)));
  }

  @Override
  public long read(String streamId, Consumer<Object> sink) throws SQLException {
    return read(open -> open.events.stream(streamId, sink));
  }

  @Override
  public long readDecoded(String streamId, Consumer<Object> sink) throws SQLException {
    return read(open -> open.events.decoded(streamId, sink));
  }

  @Override
  public long replay(Consumer<Object> sink) throws SQLException {
    return read(open -> open.events.all(sink));
  }

  @Override
  public long readTagged(String tag, Consumer<Object> sink) throws SQLException {
    return read(open -> open.events.tagged(tag, sink));
  }

  @Override
  public List<String> streamIds(String prefix) throws SQLException {
    return reads().ids.streams(prefix);
  }

  @Override
  public List<String> documentIds(String prefix) throws SQLException {
    return reads().ids.documents(prefix);
  }

  @Override
  public long saveSnapshot(String streamId, long seq, Balance state) throws Exception {
    byte[] json = SnapshotSaves.encode(state);
    return writes.inTransaction(() -> writes.snapshots.save(streamId, seq, json));
  }

  @Override
  public long loadSnapshot(String streamId, Consumer<Object> sink) throws Exception {
    return reads().snapshots.newest(streamId, sink);
  }

  @Override
  public long appendEntry(String documentId, String json, String version) throws Exception {
    String payload = DocumentAppends.encode(json, version);
    return writes.inTransaction(() -> writes.documents.append(documentId, payload));
  }

  @Override
  public long loadDocument(String documentId, Consumer<Object> sink) throws SQLException {
    return read(open -> open.documents.records(documentId, sink));
  }

  @Override
  public long saveCheckpoint(String consumer, long position) throws Exception {
    return writes.alone(() -> writes.checkpoints.save(consumer, position));
  }

  @Override
  public void close() throws SQLException {
    if (reads != null) {
      reads.close();
    }
    if (ownWrites) {
      writes.close();
    }
  }
}
