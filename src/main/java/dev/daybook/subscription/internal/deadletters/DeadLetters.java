package dev.daybook.subscription.internal.deadletters;

import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.internal.store.DeadLetterStatements;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of dead letters. */
public final class DeadLetters {

  private static final String WAITS = "waits for an earlier event of its stream";

  private final SubscriptionStore store;

  public DeadLetters(SubscriptionStore store) {
    this.store = store;
  }

  public List<DeadLetter> list() {
    return store
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(store.letters().allLetters)) {
                return prepared.list(DeadLetters::read);
              }
            });
  }

  public List<DeadLetter> list(String name) {
    return store
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(store.letters().letters)) {
                return prepared.set(DeadLetterStatements.NAME, name).list(DeadLetters::read);
              }
            });
  }

  /** The one whose retry was asked for first. */
  public Optional<DeadLetter> nextAsked(String name) {
    return store
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(store.letters().nextAsked)) {
                return prepared.set(DeadLetterStatements.NAME, name).first(DeadLetters::read);
              }
            });
  }

  /** Where a dead letter's event is; empty if the letter was dropped. */
  public Optional<DeadLetterLocation> whereabouts(DeadLetter letter) {
    return store
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(store.letters().whereabouts)) {
                return letter(prepared, letter.subscription(), letter.position())
                    .first(DeadLetterLocation::read);
              }
            });
  }

  /**
   * Parks an event that could not be handled.
   *
   * @param holdsStream whether later ones of its stream are to wait for it
   */
  public void park(
      Session session,
      String name,
      RecordedEvent<EncodedEvent> event,
      int attempts,
      Throwable error,
      boolean holdsStream) {
    try (Execution prepared = session.prepare(store.letters().park)) {
      newLetter(prepared, name, event)
          .set(DeadLetterStatements.ATTEMPTS, attempts)
          .set(DeadLetterStatements.ERROR, FailureText.reason(error))
          .set(DeadLetterStatements.STACK_TRACE, FailureText.stackTrace(error))
          .set(DeadLetterStatements.HOLDS_STREAM, holdsStream ? 1L : 0L)
          .update();
    }
  }

  /** Whether any stream is held up. */
  public boolean holdAny(Session session, String name) {
    try (Execution prepared = session.prepare(store.letters().holdsAny)) {
      return prepared.set(DeadLetterStatements.NAME, name).first(row -> true).isPresent();
    }
  }

  /** Whether an event has to wait: it is parked already, or an earlier one holds up its stream. */
  public boolean hold(Session session, String name, RecordedEvent<EncodedEvent> event) {
    return lastQueued(session, name, event).isPresent();
  }

  /**
   * Parks an event untried, because an earlier one holds up its stream.
   *
   * @return {@code false} if nothing holds it up any more; then nothing was written
   */
  public boolean queue(Session session, String name, RecordedEvent<EncodedEvent> event) {
    Optional<Long> last = lastQueued(session, name, event);
    // One that is delivered again is there already, if it was moved even at another position.
    if (last.isPresent() && last.get() < event.seq()) {
      try (Execution prepared = session.prepare(store.letters().queue)) {
        newLetter(prepared, name, event)
            .set(DeadLetterStatements.ATTEMPTS, 0L)
            .set(DeadLetterStatements.ERROR, WAITS)
            .set(DeadLetterStatements.STACK_TRACE, null)
            .set(DeadLetterStatements.HOLDS_STREAM, 1L)
            .update();
      }
    }
    return last.isPresent();
  }

  private Optional<Long> lastQueued(
      Session session, String name, RecordedEvent<EncodedEvent> event) {
    try (Execution prepared = session.prepare(store.letters().lastQueued)) {
      return prepared
          .set(DeadLetterStatements.NAME, name)
          .set(DeadLetterStatements.STREAM_ID, event.streamId())
          .set(DeadLetterStatements.SEQ, event.seq())
          .first(row -> row.number(1));
    }
  }

  private Execution newLetter(Execution prepared, String name, RecordedEvent<EncodedEvent> event) {
    return letter(prepared, name, event.position())
        .set(DeadLetterStatements.STREAM_ID, event.streamId())
        .set(DeadLetterStatements.SEQ, event.seq())
        .set(DeadLetterStatements.TYPE, event.type())
        .set(DeadLetterStatements.NOW, store.clock().millis());
  }

  /**
   * Asks for an event to be tried again; if it is in the queue of a stream that is held up, for the
   * first of those.
   *
   * @return whether it is there
   */
  public boolean ask(Session session, String name, long position) {
    Optional<DeadLetter> letter = find(session, name, position);
    letter.ifPresent(
        found -> {
          if (found.holdsStream()) {
            ask(session, store.letters().askFirstQueued, found);
          } else {
            try (Execution prepared = session.prepare(store.letters().askRetry)) {
              prepared.set(DeadLetterStatements.NOW, store.clock().millis());
              letter(prepared, name, position).update();
            }
          }
        });
    return letter.isPresent();
  }

  private void ask(Session session, Script first, DeadLetter ofStream) {
    try (Execution prepared = session.prepare(first)) {
      prepared
          .set(DeadLetterStatements.NAME, ofStream.subscription())
          .set(DeadLetterStatements.STREAM_ID, ofStream.streamId())
          .set(DeadLetterStatements.NOW, store.clock().millis())
          .update();
    }
  }

  /**
   * Removes a dead letter, and asks for a retry of those that wait for it and for no other.
   *
   * @return whether it was there
   */
  public boolean drop(Session session, String name, long position) {
    try (Execution prepared = session.prepare(store.letters().lockConsumer)) {
      prepared.set(DeadLetterStatements.NAME, name).update();
    }
    Optional<DeadLetter> letter = find(session, name, position);
    return letter.isPresent() && drop(session, letter.get());
  }

  /** The same for the holder of the lease, which has confirmed that. */
  public boolean drop(Session session, DeadLetter letter) {
    try (Execution prepared = session.prepare(store.letters().drop)) {
      if (letter(prepared, letter.subscription(), letter.position()).update() == 0) {
        return false;
      }
    }
    if (letter.holdsStream()) {
      ask(session, store.letters().askFirstUntried, letter);
    }
    return true;
  }

  private Optional<DeadLetter> find(Session session, String name, long position) {
    try (Execution prepared = session.prepare(store.letters().letter)) {
      return letter(prepared, name, position).first(DeadLetters::read);
    }
  }

  public void failedAgain(SqlAccess access, DeadLetter letter, Throwable error) {
    access.write(
        session -> {
          try (Execution prepared = session.prepare(store.letters().failedAgain)) {
            prepared
                .set(DeadLetterStatements.ERROR, FailureText.reason(error))
                .set(DeadLetterStatements.STACK_TRACE, FailureText.stackTrace(error))
                .set(DeadLetterStatements.NOW, store.clock().millis())
                .set(
                    DeadLetterStatements.ASKED_AT,
                    letter.retryAskedAt().map(Instant::toEpochMilli).orElse(null));
            return letter(prepared, letter.subscription(), letter.position()).update();
          }
        });
  }

  public void dropAll(Session session, String name) {
    try (Execution prepared = session.prepare(store.letters().dropAll)) {
      prepared.set(DeadLetterStatements.NAME, name).update();
    }
  }

  private static Execution letter(Execution prepared, String name, long position) {
    return prepared
        .set(DeadLetterStatements.NAME, name)
        .set(DeadLetterStatements.POSITION, position);
  }

  private static DeadLetter read(Row row) {
    long askedAt = row.numberOrZero(9);
    return new DeadLetter.DeadLetterValues(
        row.text(1),
        row.number(2),
        row.text(3),
        row.number(4),
        row.text(5),
        row.number(6),
        row.text(7),
        Instant.ofEpochMilli(row.number(8)),
        askedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(askedAt)),
        row.number(10) == 1,
        Optional.ofNullable(row.optionalText(11)));
  }
}
