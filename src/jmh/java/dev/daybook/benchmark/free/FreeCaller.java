package dev.daybook.benchmark.free;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.benchmark.Balance;
import dev.daybook.benchmark.Caller;
import dev.daybook.benchmark.Deposited;
import dev.daybook.benchmark.Fact;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a thread does: it appends as its side does, and reads on a connection of its own. */
final class FreeCaller implements Caller {

  private static final ObjectReader DEPOSITED =
      JsonMapper.builder().build().readerFor(Deposited.class);
  private static final ObjectReader BALANCE = JsonMapper.builder().build().readerFor(Balance.class);

  /** How a side appends. */
  @FunctionalInterface
  interface Appends {
    long append(String streamId, long expectedSeq, List<Fact> facts) throws Exception;
  }

  /** How a side connects. */
  @FunctionalInterface
  interface Connects {
    Connection connect() throws SQLException;
  }

  private interface Decode<T> {
    T decode(byte[] payload) throws IOException;
  }

  private record Snapshot(String streamId, long seq, long time, Balance state) {}

  private final Appends appends;
  private final Connects connects;
  private final int fetchSize;
  private @Nullable Reads reads;

  /**
   * For one thread.
   *
   * @param fetchSize how many rows of a long result to fetch at once, in a transaction; 0 where the
   *     driver reads them one by one
   */
  FreeCaller(Appends appends, Connects connects, int fetchSize) {
    this.appends = appends;
    this.connects = connects;
    this.fetchSize = fetchSize;
  }

  /** Every statement is kept prepared. */
  private static final class Reads {
    final Connection connection;
    final PreparedStatement stream;
    final PreparedStatement all;
    final PreparedStatement tagged;
    final PreparedStatement snapshot;

    Reads(Connection connection, int fetchSize) throws SQLException {
      this.connection = connection;
      this.stream =
          prepare(
              "select position, seq, type, ts, payload from events where stream_id = ? order by seq",
              fetchSize);
      this.all =
          prepare(
              "select position, seq, type, ts, payload, stream_id from events order by position",
              fetchSize);
      this.tagged =
          prepare(
              """
              select e.position, seq, type, ts, payload, stream_id
              from tags t join events e on e.position = t.position
              where tag = ? order by t.position""",
              fetchSize);
      this.snapshot =
          prepare(
              "select seq, ts, state from snapshots where stream_id = ? order by seq desc limit 1",
              0);
    }

    private PreparedStatement prepare(String sql, int fetchSize) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setFetchSize(fetchSize);
      return statement;
    }
  }

  private Reads reads() throws SQLException {
    Reads open = reads;
    if (open == null) {
      open = new Reads(connects.connect(), fetchSize);
      reads = open;
    }
    return open;
  }

  @Override
  public long append(String streamId, long expectedSeq, List<Fact> facts) throws Exception {
    return appends.append(streamId, expectedSeq, facts);
  }

  @Override
  public long read(String streamId, Consumer<Object> sink) throws Exception {
    reads().stream.setString(1, streamId);
    return drain(reads().stream, streamId, payload -> payload, sink);
  }

  @Override
  public long readDecoded(String streamId, Consumer<Object> sink) throws Exception {
    reads().stream.setString(1, streamId);
    return drain(reads().stream, streamId, DEPOSITED::readValue, sink);
  }

  @Override
  public long replay(Consumer<Object> sink) throws Exception {
    return drain(reads().all, null, payload -> payload, sink);
  }

  @Override
  public long readTagged(String tag, Consumer<Object> sink) throws Exception {
    reads().tagged.setString(1, tag);
    return drain(reads().tagged, null, payload -> payload, sink);
  }

  private long drain(
      PreparedStatement statement,
      @Nullable String streamId,
      Decode<?> decode,
      Consumer<Object> sink)
      throws Exception {
    if (fetchSize > 0) {
      reads().connection.setAutoCommit(false);
    }
    long count = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        sink.accept(
            new FreeEvent<>(
                rows.getLong(1),
                streamId == null ? rows.getString(6) : streamId,
                rows.getLong(2),
                rows.getString(3),
                rows.getLong(4),
                decode.decode(rows.getBytes(5))));
        count++;
      }
    }
    if (fetchSize > 0) {
      reads().connection.setAutoCommit(true);
    }
    return count;
  }

  @Override
  public long loadSnapshot(String streamId, Consumer<Object> sink) throws Exception {
    PreparedStatement snapshot = reads().snapshot;
    snapshot.setString(1, streamId);
    try (ResultSet row = snapshot.executeQuery()) {
      row.next();
      long seq = row.getLong(1);
      Balance state = BALANCE.readValue(row.getBytes(3));
      sink.accept(new Snapshot(streamId, seq, row.getLong(2), state));
      return seq;
    }
  }

  @Override
  public List<String> streamIds(String prefix) {
    throw notCompared();
  }

  @Override
  public List<String> documentIds(String prefix) {
    throw notCompared();
  }

  @Override
  public long saveSnapshot(String streamId, long seq, Balance state) {
    throw notCompared();
  }

  @Override
  public long appendEntry(String documentId, String json, String version) {
    throw notCompared();
  }

  @Override
  public long loadDocument(String documentId, Consumer<Object> sink) {
    throw notCompared();
  }

  @Override
  public long appendInline(String streamId, long expectedSeq, List<Fact> facts) {
    throw notCompared();
  }

  @Override
  public long saveCheckpoint(String consumer, long position) {
    throw notCompared();
  }

  private static UnsupportedOperationException notCompared() {
    return new UnsupportedOperationException(
        "compared with the reference on Daybook's tables only");
  }

  @Override
  public void close() throws SQLException {
    if (reads != null) {
      reads.connection.close();
    }
  }
}
