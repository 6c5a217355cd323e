package dev.daybook.stream.internal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.internal.Journals;
import dev.daybook.journal.internal.read.StreamRow;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.StreamStatus;
import dev.daybook.stream.Streams;
import dev.daybook.stream.UnknownStreamException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;

/** The life of streams over statements built by jOOQ. */
final class JooqStreams implements Streams {

  private final Database database;
  private final Journals journals;
  private final Clock clock;
  private final Lazy<StreamStatements> statements;
  private final SqlAccess access;

  JooqStreams(
      Database database,
      Journals journals,
      Clock clock,
      Lazy<StreamStatements> statements,
      SqlAccess access) {
    this.database = database;
    this.journals = journals;
    this.clock = clock;
    this.statements = statements;
    this.access = access;
  }

  @Override
  public StreamStatus status(String streamId) {
    requireStreamId(streamId);
    return access
        .read(session -> row(session, streamId))
        .map(JooqStreams::status)
        .orElseGet(
            () ->
                new StreamStatus.StreamStatusValues(
                    streamId,
                    StreamState.UNKNOWN,
                    0,
                    0,
                    false,
                    Optional.empty(),
                    Optional.empty()));
  }

  @Override
  public void archive(String streamId) {
    requireStreamId(streamId);
    Instant at = now();
    access.write(
        session -> {
          StreamRow stream = known(session, streamId);
          if (stream.state() != StreamState.ARCHIVED) {
            stream.requireWritable();
            changeState(session, streamId, StreamState.ARCHIVED, null, at);
          }
          return stream;
        });
  }

  @Override
  public void restore(String streamId) {
    requireStreamId(streamId);
    Instant at = now();
    access.write(
        session -> {
          StreamRow stream = known(session, streamId);
          if (stream.state() == StreamState.DELETED || stream.moved()) {
            throw stream.refusal();
          }
          if (stream.state() != StreamState.ACTIVE) {
            changeState(session, streamId, StreamState.ACTIVE, null, at);
          }
          return stream;
        });
  }

  @Override
  public void tombstone(String streamId, String reason) {
    requireStreamId(streamId);
    makeTombstone(streamId, InputRules.requireReason(reason));
  }

  @Override
  public void tombstone(String streamId) {
    requireStreamId(streamId);
    makeTombstone(streamId, null);
  }

  private void makeTombstone(String streamId, @Nullable String reason) {
    Instant at = now();
    access.write(
        session -> {
          StreamRow stream = known(session, streamId);
          boolean again =
              stream.state() == StreamState.TOMBSTONED && Objects.equals(reason, stream.reason());
          if (!again) {
            stream.requireReadable();
            changeState(session, streamId, StreamState.TOMBSTONED, reason, at);
          }
          return stream;
        });
  }

  @Override
  public long delete(String streamId) {
    requireStreamId(streamId);
    Instant at = now();
    return access.write(
        session -> {
          StreamRow stream = known(session, streamId);
          if (stream.state() == StreamState.DELETED) {
            throw new UnknownStreamException(
                streamId, "was deleted at %s".formatted(stream.changedAt()));
          }
          session.commitActions().add(journals.deleting());
          return empty(session, streamId, StreamState.DELETED, null, at);
        });
  }

  @Override
  public MovedStream archiveTo(String streamId, Streams archive) {
    requireStreamId(streamId);
    return Move.toArchive(streamId, this, other(archive)).run();
  }

  @Override
  public MovedStream restoreFrom(String streamId, Streams archive) {
    requireStreamId(streamId);
    MovedStream moved = Move.fromArchive(streamId, other(archive), this).run();
    return Deadline.finish(
        () -> {
          restore(streamId);
          return moved;
        });
  }

  @Override
  public Streams within(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    return new JooqStreams(database, journals, clock, statements, database.join(transaction));
  }

  Database database() {
    return database;
  }

  SqlAccess access() {
    return access;
  }

  StreamStatements statements() {
    return statements.get();
  }

  Journals journals() {
    return journals;
  }

  StreamPages pages(String streamId) {
    return StreamPages.of(access, statements(), streamId);
  }

  StreamPages pages(Session session, String streamId) {
    return StreamPages.in(session, statements(), streamId);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Optional<StreamRow> row(Session session, String streamId) {
    return row(session, statements().stream, streamId);
  }

  /** The row, as it stays until the session's transaction changes it or ends. */
  Optional<StreamRow> claim(Session session, String streamId) {
    return row(session, statements().claim, streamId);
  }

  private static Optional<StreamRow> row(Session session, Script query, String streamId) {
    try (Execution prepared = session.prepare(query)) {
      return prepared.set(StreamStatements.STREAM_ID, streamId).first(StreamRow::read);
    }
  }

  void changeState(
      Session session,
      String streamId,
      StreamState state,
      @Nullable String reason,
      @Nullable Instant at) {
    Long changedAt = at == null ? null : at.toEpochMilli();
    try (Execution prepared = session.prepare(statements().changeState)) {
      prepared
          .set(StreamStatements.STREAM_ID, streamId)
          .set(StreamStatements.STATE, state.name())
          .set(StreamStatements.REASON, reason)
          .set(StreamStatements.CHANGED_AT, changedAt)
          .set(
              StreamStatements.CHECKSUM,
              StreamRow.checksum(streamId, state.name(), reason, changedAt))
          .update();
    }
  }

  /** Deletes all that the stream has except its row; returns how many events it had. */
  long empty(
      Session session,
      String streamId,
      StreamState state,
      @Nullable String reason,
      @Nullable Instant at) {
    changeState(session, streamId, state, reason, at);
    run(session, statements().markEmptied, streamId);
    run(session, statements().deleteSnapshots, streamId);
    return deleteEvents(session, streamId, Long.MAX_VALUE);
  }

  /** The tags first, because a caller's connection may run without foreign keys. */
  long deleteEvents(Session session, String streamId, long to) {
    try (Execution tags = session.prepare(statements().deleteTags);
        Execution events = session.prepare(statements().deleteEvents)) {
      tags.set(StreamStatements.STREAM_ID, streamId).set(StreamStatements.TO, to).update();
      return events.set(StreamStatements.STREAM_ID, streamId).set(StreamStatements.TO, to).update();
    }
  }

  void run(Session session, Script statement, String streamId) {
    try (Execution prepared = session.prepare(statement)) {
      prepared.set(StreamStatements.STREAM_ID, streamId).update();
    }
  }

  private StreamRow known(Session session, String streamId) {
    return claim(session, streamId)
        .orElseThrow(() -> new UnknownStreamException(streamId, "is unknown"));
  }

  private JooqStreams other(Streams archive) {
    Objects.requireNonNull(archive, "archive");
    if (!(archive instanceof JooqStreams other)) {
      throw new InvalidInputException(
          "the archive is a %s; expected the streams of a Daybook".formatted(archive.getClass()));
    }
    if (access.isCallers() || other.access.isCallers()) {
      throw new InvalidInputException(
          "a stream can't be moved inside a caller's transaction; expected the streams of two Daybooks");
    }
    return other;
  }

  private static StreamStatus status(StreamRow stream) {
    return new StreamStatus.StreamStatusValues(
        stream.streamId(),
        stream.state(),
        stream.lastSeq(),
        stream.deletedTo(),
        stream.moved(),
        stream.state() == StreamState.TOMBSTONED
            ? Optional.ofNullable(stream.reason())
            : Optional.empty(),
        Optional.ofNullable(stream.changedAt()));
  }

  private static void requireStreamId(String streamId) {
    InputRules.requireName("stream id", streamId);
  }
}
