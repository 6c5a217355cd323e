package dev.daybook.journal.internal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.Append;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.LoadProgress;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StaleLoadException;
import dev.daybook.journal.internal.append.AppendRequest;
import dev.daybook.journal.internal.append.PendingAppend;
import dev.daybook.journal.internal.append.WritableJournal;
import dev.daybook.journal.internal.types.EventCodec;
import dev.daybook.settings.Limits;
import java.time.Instant;
import java.util.List;

/** A bulk load, each call of which is its own transaction. */
final class JooqBulkLoad<E> implements BulkLoad<E> {

  private final Database database;
  private final WritableJournal journal;
  private final LoadStatements sql;
  private final EventCodec<E> codec;
  private final String name;
  private LoadProgress progress;

  private JooqBulkLoad(
      Database database,
      WritableJournal journal,
      LoadStatements sql,
      EventCodec<E> codec,
      String name,
      LoadProgress progress) {
    this.database = database;
    this.journal = journal;
    this.sql = sql;
    this.codec = codec;
    this.name = name;
    this.progress = progress;
  }

  /** Reads the progress of a load. */
  static <E> BulkLoad<E> of(
      Database database, WritableJournal journal, EventCodec<E> codec, String name) {
    InputRules.requireName("bulk load", name);
    LoadStatements sql = new LoadStatements(database.renderer());
    return new JooqBulkLoad<>(
        database, journal, sql, codec, name, database.read(session -> look(sql, session, name)));
  }

  private static LoadProgress look(LoadStatements sql, Session session, String name) {
    try (Execution prepared = session.prepare(sql.progress)) {
      return prepared
          .set(LoadStatements.NAME, name)
          .<LoadProgress>first(
              row -> new LoadProgress.LoadProgressValues(row.number(1), row.number(2), row.text(3)))
          .orElse(LoadProgress.NONE);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LoadProgress progress() {
    return progress;
  }

  @Override
  public LoadProgress append(
      List<? extends Append<? extends E>> appends, long offset, String note) {
    List<Append<? extends E>> all = List.copyOf(appends);
    return write(all, new long[0], next(all, offset, note));
  }

  @Override
  public LoadProgress appendRecorded(
      List<? extends RecordedEvent<? extends E>> events, long offset, String note) {
    List<RecordedEvent<? extends E>> all = List.copyOf(events);
    List<Append<E>> appends = all.stream().<Append<E>>map(JooqBulkLoad::again).toList();
    long[] positions = all.stream().mapToLong(RecordedEvent::position).toArray();
    requireAscending(positions);
    return write(appends, positions, next(appends, offset, note));
  }

  private static <E> Append<E> again(RecordedEvent<? extends E> event) {
    Append<E> append =
        Append.of(
            event.streamId(),
            ExpectedSeq.exactly(event.seq() - 1),
            NewEvent.of(event.data())
                .tagged(event.tags())
                .withMetadata(event.metadata())
                .at(event.time()));
    return event.idempotencyKey().map(append::withRecordedKey).orElse(append);
  }

  private static void requireAscending(long[] positions) {
    for (int i = 1; i < positions.length; i++) {
      if (positions[i] <= positions[i - 1]) {
        throw new InvalidInputException(
            "position %s follows position %s; expected positions that ascend"
                .formatted(positions[i], positions[i - 1]));
      }
    }
  }

  private LoadProgress next(List<? extends Append<? extends E>> appends, long offset, String note) {
    long events = appends.stream().mapToLong(append -> append.events().size()).sum();
    if (events > Limits.MAX_EVENTS_PER_APPEND) {
      throw new InvalidInputException(
          "%s events in one append; expected at most %s"
              .formatted(events, Limits.MAX_EVENTS_PER_APPEND));
    }
    if (offset <= progress.offset()) {
      throw new InvalidInputException(
          "the bulk load \"%s\" is at offset %s, and is to be moved to %s; expected a higher one"
              .formatted(name, progress.offset(), offset));
    }
    if (InputRules.requireUnicode("the note", note).indexOf('\0') >= 0) {
      throw new InvalidInputException("the note has the character U+0000, which is not text");
    }
    return new LoadProgress.LoadProgressValues(offset, progress.events() + events, note);
  }

  private LoadProgress write(
      List<? extends Append<? extends E>> appends, long[] positions, LoadProgress next) {
    Instant now = journal.now();
    List<PendingAppend<E>> pending =
        appends.stream()
            .filter(append -> !append.events().isEmpty())
            .map(append -> PendingAppend.of(append, codec, now))
            .toList();
    progress =
        database.write(
            session -> {
              move(session, progress, next);
              if (pending.isEmpty()) {
                return next;
              }
              AppendRequest<E> request = new AppendRequest<>(pending, codec, positions);
              append(session, request);
              return counted(session, next, progress.events() + request.writtenEvents());
            });
    return progress;
  }

  /** Fewer events than were given are written if the keys of some were seen before. */
  private LoadProgress counted(Session session, LoadProgress moved, long events) {
    if (events == moved.events()) {
      return moved;
    }
    LoadProgress counted =
        new LoadProgress.LoadProgressValues(moved.offset(), events, moved.note());
    move(session, moved, counted);
    return counted;
  }

  private void append(Session session, AppendRequest<E> request) {
    long[] positions = request.positions();
    if (positions.length > 0) {
      journal.keepPositions(session, positions[0]);
    }
    journal.appending().write(session, List.of(request));
    request.outcome().requireNotFailed();
    if (positions.length > 0) {
      journal.giveBehind(session, positions[positions.length - 1]);
    }
  }

  private void move(Session session, LoadProgress before, LoadProgress next) {
    boolean first = before.offset() == 0;
    try (Execution write = session.prepare(first ? sql.begin : sql.move)) {
      write
          .set(LoadStatements.NAME, name)
          .set(LoadStatements.OFFSET, next.offset())
          .set(LoadStatements.EVENTS, next.events())
          .set(LoadStatements.NOTE, next.note())
          .set(LoadStatements.TIME, journal.now().toEpochMilli());
      if (!first) {
        write.set(LoadStatements.BEFORE, before.offset());
      }
      requireMoved(write.update());
    }
  }

  @Override
  public void forget() {
    if (progress.offset() > 0) {
      database.write(
          session -> {
            try (Execution forget = session.prepare(sql.forget)) {
              requireMoved(
                  forget
                      .set(LoadStatements.NAME, name)
                      .set(LoadStatements.BEFORE, progress.offset())
                      .update());
            }
            return name;
          });
      progress = LoadProgress.NONE;
    }
  }

  private void requireMoved(int rows) {
    if (rows == 0) {
      throw new StaleLoadException(name, progress.offset());
    }
  }
}
