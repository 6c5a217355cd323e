package dev.daybook.stream.internal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.BetweenStores;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.internal.read.StreamRow;
import dev.daybook.stream.MovedStream;
import dev.daybook.stream.StreamMoveException;
import dev.daybook.stream.UnknownStreamException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Moves a stream from a store to another one, in four steps, each a transaction of one store: it is
 * archived in the source and marked with the move, copied to the destination, where it is archived
 * too, compared, and emptied in the source. The next call finds what has been done of that.
 */
final class Move {

  private static final String MOVING = "moving ";

  private final String streamId;
  private final JooqStreams from;
  private final JooqStreams to;
  private final Set<StreamState> movable;
  private final boolean back;
  private final String mark = MOVING + UUID.randomUUID();

  /**
   * @param movable the states that the stream may be in where it is
   * @param back whether it goes back from an archive
   */
  private Move(
      String streamId, JooqStreams from, JooqStreams to, Set<StreamState> movable, boolean back) {
    this.streamId = streamId;
    this.from = from;
    this.to = to;
    this.movable = movable;
    this.back = back;
  }

  static Move toArchive(String streamId, JooqStreams store, JooqStreams archive) {
    return new Move(
        streamId, store, archive, EnumSet.of(StreamState.ACTIVE, StreamState.ARCHIVED), false);
  }

  static Move fromArchive(String streamId, JooqStreams archive, JooqStreams store) {
    return new Move(streamId, archive, store, EnumSet.of(StreamState.ARCHIVED), true);
  }

  /** Moves the stream. */
  MovedStream run() {
    if (from.access() == to.access()) {
      throw sameStore();
    }
    return BetweenStores.run(from.database(), to.database(), this::move);
  }

  private MovedStream move() {
    if (from.database().isSameStore(to.database())) {
      throw sameStore();
    }
    StreamRow stream = from.access().read(session -> source(from.row(session, streamId)));
    if (!stream.moved()) {
      requireMovable(stream);
      to.access().write(session -> requireRoom(session, stream));
      StreamRow marked = from.access().write(session -> mark(session));
      return Deadline.finish(() -> finish(marked));
    }
    StreamRow there = to.access().read(session -> arrived(session, stream));
    return moved(there, Content.of(to.pages(streamId), 0, Long.MAX_VALUE));
  }

  private MovedStream finish(StreamRow marked) {
    to.access().write(session -> copy(session, marked));
    Content copied = Content.of(to.pages(streamId), 0, Long.MAX_VALUE);
    from.access().write(session -> leave(session, copied));
    return moved(marked, copied);
  }

  private StreamRow source(Optional<StreamRow> row) {
    return row.orElseThrow(
        () -> new UnknownStreamException(streamId, "is unknown in the store to move it from"));
  }

  private void requireMovable(StreamRow stream) {
    if (!movable.contains(stream.state())) {
      throw stream.state() == StreamState.ACTIVE
          ? failure("it is active in the archive; expected it to be archived there")
          : stream.refusal();
    }
  }

  private StreamRow mark(Session session) {
    StreamRow stream = source(from.claim(session, streamId));
    requireMovable(stream);
    if (stream.moved()) {
      throw changedMeanwhile();
    }
    Instant since = stream.state() == StreamState.ARCHIVED ? stream.changedAt() : from.now();
    from.changeState(session, streamId, StreamState.ARCHIVED, mark, since);
    return new StreamRow(
        streamId, stream.lastSeq(), stream.deletedTo(), StreamState.ARCHIVED, mark, since);
  }

  /**
   * Makes sure that the destination has nothing under the stream's id but what the source has, too.
   *
   * @return up to which number the events are there already
   */
  private long requireRoom(Session session, StreamRow source) {
    return requireRoom(session, source, to.claim(session, streamId));
  }

  private long requireRoom(Session session, StreamRow source, Optional<StreamRow> row) {
    if (row.isEmpty()) {
      requireNoSnapshots(session);
      return source.deletedTo();
    }
    StreamRow there = row.get();
    if (there.state() != StreamState.ARCHIVED) {
      requireNotTheSame(session, source, there);
      throw failure(
          "it is %s in the target; expected it to be unknown or archived there"
              .formatted(there.state()));
    }
    if (there.lastSeq() > source.lastSeq()) {
      throw failure(
          "its numbers go up to %s in the target, and only to %s in the source"
              .formatted(there.lastSeq(), source.lastSeq()));
    }
    if (!there.moved()) {
      return requireSameEvents(session, source, there);
    }
    // What was deleted since can't be compared.
    boolean deleted = there.lastSeq() <= source.deletedTo();
    if (!deleted && !there.movedWith(Content.ofLast(from.pages(streamId), there))) {
      throw failure("its events were moved from there to another store than the source");
    }
    return source.deletedTo();
  }

  /** What the source has deleted since may still be there; of the rest all must be equal. */
  private long requireSameEvents(Session session, StreamRow source, StreamRow there) {
    long after = source.deletedTo();
    Content copied = Content.of(to.pages(session, streamId), after, Long.MAX_VALUE);
    boolean empty =
        copied.events() == 0
            && Content.of(to.pages(session, streamId), 0, Long.MAX_VALUE).events() > 0;
    if (empty || !copied.equals(Content.of(from.pages(streamId), after, there.lastSeq()))) {
      throw failure("the target has other events under its id");
    }
    return Math.max(after, there.lastSeq());
  }

  /** Two Daybooks may be open on one store; or the other is a copy of it. */
  private void requireNotTheSame(Session session, StreamRow source, StreamRow there) {
    if (source.equals(there)
        && Content.ofLast(from.pages(streamId), source)
            .equals(Content.ofLast(to.pages(session, streamId), there))) {
      throw new InvalidInputException(
          "stream \"%s\" is %s with the same events in the target: that is the store that it is in, or a copy of it; expected another one"
              .formatted(streamId, there.state()));
    }
  }

  private StreamRow copy(Session session, StreamRow source) {
    Optional<StreamRow> there = to.claim(session, streamId);
    long last = requireRoom(session, source, there);
    if (there.isEmpty()) {
      // No row to lock: if another transaction makes it too, one of both fails and is retried.
      to.run(session, to.statements().makeStream, streamId);
    }
    to.deleteEvents(session, streamId, source.deletedTo());
    StreamCopy copying = new StreamCopy(session, to.statements());
    from.pages(streamId).events(last, source.lastSeq(), copying::event);
    from.pages(streamId).snapshots(copying::snapshot);
    copying.stream(source, back ? StreamRow.RETURNING : null);
    requireMarked();
    session.commitActions().add(to.journals().announcing(copying.appended(streamId)));
    return source;
  }

  /**
   * Snapshots of a stream that the destination does not know are not of this one, as far as can be
   * said. Those of a stream that is known stay: its events are the same.
   */
  private void requireNoSnapshots(Session session) {
    long[] found = {0};
    to.pages(session, streamId).snapshots(snapshot -> found[0]++);
    if (found[0] > 0) {
      throw failure(
          "the target has %s under its id, and no stream; delete them there first, by invalidate of a snapshot store, or by the command: snapshot invalidate"
              .formatted(found[0] == 1 ? "a snapshot" : found[0] + " snapshots"));
    }
  }

  /** A transaction that empties or changes the source first removes our mark: so all was read. */
  private void requireMarked() {
    if (!isMarked(from.access().read(session -> source(from.row(session, streamId))))) {
      throw changedMeanwhile();
    }
  }

  private boolean isMarked(StreamRow stream) {
    return stream.state() == StreamState.ARCHIVED && mark.equals(stream.reason());
  }

  /** Nothing was appended since, but the stream may have been restored, deleted or moved. */
  private long leave(Session session, Content copied) {
    StreamRow stream = source(from.claim(session, streamId));
    if (!isMarked(stream)) {
      throw changedMeanwhile();
    }
    if (!copied.equals(Content.of(from.pages(session, streamId), 0, Long.MAX_VALUE))) {
      throw failure("the copy has other events");
    }
    String last = Content.ofLast(from.pages(session, streamId), stream);
    return from.empty(
        session, streamId, StreamState.ARCHIVED, StreamRow.moved(last), stream.changedAt());
  }

  /** The stream was moved before: was it to where it should go? */
  private StreamRow arrived(Session session, StreamRow source) {
    StreamRow found =
        to.row(session, streamId)
            .filter(there -> !there.moved() && there.lastSeq() >= source.lastSeq())
            .filter(there -> there.state() == StreamState.ARCHIVED || isBack(there))
            .filter(there -> source.movedWith(Content.ofLast(to.pages(session, streamId), source)))
            .orElseThrow(() -> failure("it was moved before, to another store than this one"));
    if (back && !isBack(found)) {
      throw failure(
          "it is archived in the store to restore it to, and its events were moved there; expected restoreFrom of the other store's streams, with these as the archive");
    }
    return found;
  }

  /** Whether a stream has gone back to where it is: it may still have to be made active. */
  private boolean isBack(StreamRow there) {
    return back
        && (there.state() == StreamState.ACTIVE || StreamRow.RETURNING.equals(there.reason()));
  }

  private MovedStream moved(StreamRow stream, Content content) {
    return new MovedStream(streamId, stream.lastSeq(), content.events(), content.hash());
  }

  private StreamMoveException changedMeanwhile() {
    return failure(
        "its state was changed meanwhile, or another process is moving it too; check its status");
  }

  private StreamMoveException failure(String problem) {
    return new StreamMoveException(streamId, problem);
  }

  private static InvalidInputException sameStore() {
    return new InvalidInputException(
        "a stream can't be moved to the store that it is in; expected another one");
  }
}
