package dev.daybook.benchmark.free;

import dev.daybook.Daybook;
import dev.daybook.benchmark.Caller;
import dev.daybook.benchmark.Fact;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * SQLite: one table of events with one unique key, which alone tells a conflict, and tags by
 * position. One connection writes and knows the highest position. A caller who reads has a
 * connection of its own.
 */
public final class FreeSqlite implements FreeSide {

  private static final List<String> TABLES =
      List.of(
          """
          create table if not exists events (position integer primary key, stream_id text not null,
            seq integer not null, type text not null, ts integer not null, payload blob not null,
            unique (stream_id, seq))""",
          """
          create table if not exists tags (tag text not null, position integer not null,
            primary key (tag, position)) without rowid""",
          """
          create table if not exists snapshots (stream_id text not null, seq integer not null,
            ts integer not null, state blob not null, unique (stream_id, seq))""");

  private final Path file;
  private final Synchronous durability;
  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement event;
  private final PreparedStatement tag;
  private long position;

  public FreeSqlite(Path file, Synchronous durability) throws SQLException {
    this.file = file;
    this.durability = durability;
    this.connection = connect();
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
    this.begin = connection.prepareStatement("begin immediate");
    this.commit = connection.prepareStatement("commit");
    this.event = connection.prepareStatement("insert into events values (?, ?, ?, ?, ?, ?)");
    this.tag = connection.prepareStatement("insert into tags values (?, ?)");
    this.position = highest();
  }

  private Connection connect() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(durability.name()));
    config.setCacheSize(-16_384);
    config.setGetGeneratedKeys(false);
    Connection open = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = open.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = 10000");
    }
    return open;
  }

  private long highest() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(position) from events")) {
      row.next();
      return row.getLong(1);
    }
  }

  private synchronized long append(String streamId, long expectedSeq, List<Fact> facts)
      throws SQLException {
    long now = System.currentTimeMillis();
    if (facts.size() == 1 && facts.get(0).tag() == null) {
      set(streamId, expectedSeq + 1, now, facts.get(0), position + 1);
      event.executeUpdate();
      return ++position;
    }
    begin.executeUpdate();
    boolean tagged = false;
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      set(streamId, expectedSeq + 1 + i, now, fact, position + 1 + i);
      event.addBatch();
      if (fact.tag() != null) {
        tag.setString(1, fact.tag());
        tag.setLong(2, position + 1 + i);
        tag.addBatch();
        tagged = true;
      }
    }
    event.executeBatch();
    if (tagged) {
      tag.executeBatch();
    }
    commit.executeUpdate();
    position += facts.size();
    return position;
  }

  private void set(String streamId, long seq, long now, Fact fact, long at) throws SQLException {
    event.setLong(1, at);
    event.setString(2, streamId);
    event.setLong(3, seq);
    event.setString(4, fact.type());
    event.setLong(5, now);
    event.setBytes(6, fact.json());
  }

  @Override
  public void fill(Daybook daybook, List<String> snapshots) throws Exception {
    FreeFilling.fill(connection, daybook, snapshots);
    position = highest();
  }

  @Override
  public Caller caller() {
    return new FreeCaller(this::append, this::connect, 0);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
