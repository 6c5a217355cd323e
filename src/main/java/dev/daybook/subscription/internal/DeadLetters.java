package dev.daybook.subscription.internal;

import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Row;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.Sessions;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of dead letters. */
final class DeadLetters {

  private final SubscriptionEnvironment environment;

  DeadLetters(SubscriptionEnvironment environment) {
    this.environment = environment;
  }

  List<DeadLetter> list() {
    return environment
        .database()
        .read(
            session -> {
              try (Prepared prepared = session.prepare(environment.sql().allLetters)) {
                return prepared.list(DeadLetters::read);
              }
            });
  }

  List<DeadLetter> list(String name) {
    return environment
        .database()
        .read(
            session -> {
              try (Prepared prepared = session.prepare(environment.sql().letters)) {
                return prepared.set(SubscriptionStatements.NAME, name).list(DeadLetters::read);
              }
            });
  }

  /** The first that is to be retried. */
  Optional<DeadLetter> nextAsked(String name) {
    return environment
        .database()
        .read(
            session -> {
              try (Prepared prepared = session.prepare(environment.sql().nextAsked)) {
                return prepared.set(SubscriptionStatements.NAME, name).first(DeadLetters::read);
              }
            });
  }

  /** Where a dead letter's event is; empty if the letter was dropped. */
  Optional<Whereabouts> whereabouts(DeadLetter letter) {
    return environment
        .database()
        .read(
            session -> {
              try (Prepared prepared = session.prepare(environment.sql().whereabouts)) {
                return letter(prepared, letter.subscription(), letter.position())
                    .first(Whereabouts::read);
              }
            });
  }

  void park(
      Sessions sessions,
      String name,
      RecordedEvent<EncodedEvent> event,
      int attempts,
      Throwable error) {
    sessions.write(
        session -> {
          try (Prepared prepared = session.prepare(environment.sql().park)) {
            return prepared
                .set(SubscriptionStatements.NAME, name)
                .set(SubscriptionStatements.POSITION, event.position())
                .set(SubscriptionStatements.STREAM_ID, event.streamId())
                .set(SubscriptionStatements.SEQ, event.seq())
                .set(SubscriptionStatements.TYPE, event.type())
                .set(SubscriptionStatements.ATTEMPTS, (long) attempts)
                .set(SubscriptionStatements.ERROR, FailureText.reason(error))
                .set(SubscriptionStatements.STACK_TRACE, FailureText.stackTrace(error))
                .set(SubscriptionStatements.NOW, environment.clock().millis())
                .update();
          }
        });
  }

  boolean askRetry(String name, long position) {
    Rendered askRetry = environment.sql().askRetry;
    return environment
        .database()
        .write(
            session -> {
              try (Prepared prepared = session.prepare(askRetry)) {
                prepared.set(SubscriptionStatements.NOW, environment.clock().millis());
                return letter(prepared, name, position).update() > 0;
              }
            });
  }

  void failedAgain(Sessions sessions, DeadLetter letter, Throwable error) {
    sessions.write(
        session -> {
          try (Prepared prepared = session.prepare(environment.sql().failedAgain)) {
            prepared
                .set(SubscriptionStatements.ERROR, FailureText.reason(error))
                .set(SubscriptionStatements.STACK_TRACE, FailureText.stackTrace(error))
                .set(SubscriptionStatements.NOW, environment.clock().millis())
                .set(
                    SubscriptionStatements.ASKED_AT,
                    letter.retryAskedAt().map(Instant::toEpochMilli).orElse(null));
            return letter(prepared, letter.subscription(), letter.position()).update();
          }
        });
  }

  boolean drop(Sessions sessions, String name, long position) {
    return sessions.write(
        session -> {
          try (Prepared prepared = session.prepare(environment.sql().drop)) {
            return letter(prepared, name, position).update() > 0;
          }
        });
  }

  void dropAll(Session session, String name) {
    try (Prepared prepared = session.prepare(environment.sql().dropAll)) {
      prepared.set(SubscriptionStatements.NAME, name).update();
    }
  }

  private static Prepared letter(Prepared prepared, String name, long position) {
    return prepared
        .set(SubscriptionStatements.NAME, name)
        .set(SubscriptionStatements.POSITION, position);
  }

  private static DeadLetter read(Row row) {
    long askedAt = row.numberOrZero(9);
    return new DeadLetter(
        row.text(1),
        row.number(2),
        row.text(3),
        row.number(4),
        row.text(5),
        row.number(6),
        row.text(7),
        Instant.ofEpochMilli(row.number(8)),
        askedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(askedAt)),
        Optional.ofNullable(row.optionalText(10)));
  }
}
