package dev.daybook.cli.importing.foreign;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A SQLite file as another program has written it. */
public final class WrittenFile implements AutoCloseable {

  private final Connection connection;

  private WrittenFile(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file, which is made if it is missing; all is written in one transaction. */
  public static WrittenFile at(Path path) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
      connection.setAutoCommit(false);
      return new WrittenFile(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The journal of actor-ts as its documentation has it. */
  public WrittenFile documentedActorTs() {
    return run("create table events (pid text not null, seq integer not null, event blob not null, ts integer not null, tags text, primary key (pid, seq))")
        .run(
            "create table events_tags (pid text not null, seq integer not null, tag text not null, primary key (pid, seq, tag), foreign key (pid, seq) references events (pid, seq) on delete cascade)")
        .run("create index events_tags_tag on events_tags (tag)");
  }

  /** The journal and the snapshots of actor-ts as version 0.16 writes them. */
  public WrittenFile actorTs016() {
    return run("create table events (persistence_id text not null, sequence_nr integer not null, payload text not null, tags text, timestamp integer not null, primary key (persistence_id, sequence_nr))")
        .run("create index idx_events_pid on events(persistence_id)")
        .run(
            "create table events_tags (persistence_id text not null, sequence_nr integer not null, tag text not null, timestamp integer not null, primary key (tag, timestamp, persistence_id, sequence_nr))")
        .run("create index idx_events_tags_pid_seq on events_tags(persistence_id, sequence_nr)")
        .run(
            "create table events_meta (persistence_id text not null primary key, deleted_to integer not null)");
  }

  public WrittenFile snapshots016() {
    return run(
        "create table snapshots (persistence_id text not null, sequence_nr integer not null, payload text not null, timestamp integer not null, primary key (persistence_id, sequence_nr))");
  }

  /** The events and the snapshots of eskit by its documented names. */
  public WrittenFile eskit() {
    return run("create table events (id integer primary key autoincrement, stream_id text not null, version integer not null, event_type text not null, data blob not null, timestamp text not null, codec text, metadata text, idempotency_key text, schema_version integer, unique (stream_id, version))")
        .run(
            "create table snapshots (stream_id text primary key, version integer, state text, schema_version integer, created_at text)");
  }

  /** The documents of kyneta under these names of tables. */
  public WrittenFile kyneta(String meta, String records) {
    return run("create table "
            + meta
            + " (doc_id text primary key, data text not null) without rowid")
        .run(
            "create table "
                + records
                + " (doc_id text not null, seq integer not null, kind text not null, payload text, blob blob, primary key (doc_id, seq)) without rowid");
  }

  public WrittenFile run(String sql, @Nullable Object... values) {
    try {
      if (values.length == 0) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
        }
        return this;
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          statement.setObject(i + 1, values[i]);
        }
        statement.execute();
      }
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Inserts a row of all columns. */
  public WrittenFile insert(String table, @Nullable Object... values) {
    return run(
        "insert into " + table + " values (?" + ", ?".repeat(values.length - 1) + ")", values);
  }

  @Override
  public void close() {
    try {
      connection.commit();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
