package dev.daybook.transfer.internal;

import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.transfer.TransferException;
import dev.daybook.transfer.TransferException.Reason;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hold of one run on its target: the checkpoint of the copy there, with a fence that each run
 * raises. Every transaction of a run moves the checkpoint first, so that a superseded run writes
 * nothing any more, and checks that no other writer has appended.
 */
final class HeldMark {

  private static final String COPYING = "copying";

  /**
   * What the target stores about copies to it.
   *
   * @param position up to which position the source's events are there
   * @param fence the number of the last run
   * @param state that a copy is in progress; or, after one that was complete, the hash of its
   *     content
   */
  record Seen(long position, long fence, String state) {

    Optional<String> hashOfComplete() {
      return state.equals(COPYING) ? Optional.empty() : Optional.of(state);
    }
  }

  private final CopyStore target;
  private final Clock clock;
  private final long fence;
  private long position;

  private HeldMark(CopyStore target, Clock clock, long fence, long position) {
    this.target = target;
    this.clock = clock;
    this.fence = fence;
    this.position = position;
  }

  /** What a store has about copies to it, if one was made. */
  static @Nullable Seen look(CopyStore side, Session session) {
    try (Execution prepared = session.prepare(side.sql().mark)) {
      return prepared
          .first(
              row ->
                  new Seen(
                      row.number(1),
                      row.number(2),
                      Objects.requireNonNullElse(row.optionalText(3), COPYING)))
          .orElse(null);
    }
  }

  /** Begins the first run, in a transaction that has found the target empty. */
  static HeldMark make(CopyStore target, Session session, Clock clock) {
    HeldMark mark = new HeldMark(target, clock, 1, 0);
    try (Execution make = session.prepare(target.sql().makeMark)) {
      make.set(TransferStatements.POSITION, 0L)
          .set(TransferStatements.STATE, COPYING)
          .set(TransferStatements.FENCE, mark.fence)
          .set(TransferStatements.NOW, clock.millis());
      requireOne(make.update());
    }
    return mark;
  }

  /** Begins a further run, if none has begun since the target was read. */
  static HeldMark take(CopyStore target, Session session, Clock clock, Seen seen) {
    try (Execution take = session.prepare(target.sql().takeMark)) {
      take.set(TransferStatements.STATE, COPYING)
          .set(TransferStatements.FENCE, seen.fence())
          .set(TransferStatements.NOW, clock.millis());
      requireOne(take.update());
    }
    return new HeldMark(target, clock, seen.fence() + 1, seen.position());
  }

  /** Up to which position the source's events are in the target. */
  long position() {
    return position;
  }

  /** Makes sure that no other run has begun, until the end of the transaction. */
  void hold(Session session) {
    move(session, position);
  }

  /** Stores the progress of the copy, once the transaction is committed. */
  void move(Session session, long to) {
    try (Execution move = session.prepare(target.sql().moveMark)) {
      move.set(TransferStatements.POSITION, to)
          .set(TransferStatements.FENCE, fence)
          .set(TransferStatements.NOW, clock.millis());
      requireOne(move.update());
    }
    requireUntouched(target.highestEvent(session), position);
  }

  /**
   * Makes sure that no other writer has appended to a target.
   *
   * @param highest the highest position that an event has there
   * @param position up to where it was copied
   */
  static void requireUntouched(long highest, long position) {
    if (highest > position) {
      throw new TransferException(
          Reason.TARGET_CHANGED,
          "the target has an event at position %s, and was copied up to %s; expected that nothing else writes to it until the copy is complete"
              .formatted(highest, position));
    }
  }

  /** Called after the commit. */
  void moved(long to) {
    position = to;
  }

  /** Stores that the copy is complete, and a hash of the target. */
  void close(Session session, String hash) {
    try (Execution close = session.prepare(target.sql().closeMark)) {
      requireOne(
          close.set(TransferStatements.STATE, hash).set(TransferStatements.FENCE, fence).update());
    }
  }

  private static void requireOne(int updated) {
    if (updated == 0) {
      throw new TransferException(
          Reason.TAKEN_OVER,
          "another copy to the same target has begun; expected one at a time. What was copied stays, and the next run continues from there");
    }
  }
}
