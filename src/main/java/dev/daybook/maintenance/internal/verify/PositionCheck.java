package dev.daybook.maintenance.internal.verify;

import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress.Step;

/**
 * The positions of consumers, against the highest that was ever given. The highest that an event
 * has is not enough: it falls when the newest events are deleted.
 */
final class PositionCheck {

  private static final String DELETED = "DELETED";

  private final Walk walk;
  private final VerifyStatements sql;
  private final Script everGiven;

  private record Position(String consumer, long position) {

    static Position read(Row row) {
      requireNumbers(row, 3, 4);
      boolean stopped = row.optionalNumber(9) != null;
      if (stopped) {
        requireNumbers(row, 10);
        requireTexts(row, 11);
      }
      return new Position(row.text(1), row.number(2));
    }
  }

  private record DeadLetter(
      String consumer, long position, String streamId, long seq, boolean isLost) {

    static DeadLetter read(Row row) {
      requireNumbers(row, 9, 11, 13);
      requireTexts(row, 8, 10);
      long seq = row.number(4);
      boolean found = row.optionalNumber(5) != null;
      // Its row says the same of a stream that was moved to another store.
      boolean deleted = seq <= row.numberOrZero(6) || DELETED.equals(row.optionalText(7));
      return new DeadLetter(row.text(1), row.number(2), row.text(3), seq, !found && !deleted);
    }
  }

  PositionCheck(Walk walk, VerifyStatements sql, Script everGiven) {
    this.walk = walk;
    this.sql = sql;
    this.everGiven = everGiven;
  }

  void run() {
    long given = walk.number(everGiven);
    long highest = walk.number(sql.highestPosition);
    if (given < highest) {
      walk.findings()
          .add(
              Kind.POSITIONS_REUSABLE,
              "an event is at position %s, and the highest that is known to be given is %s"
                  .formatted(highest, given));
    }
    long mark = Math.max(given, highest);
    walk.forEach(
        Step.CHECKPOINTS,
        sql.countCheckpoints,
        sql.checkpoints,
        Position::read,
        checkpoint -> check(checkpoint, mark));
    walk.forEach(
        Step.DEAD_LETTERS, sql.countDeadLetters, sql.deadLetters, DeadLetter::read, this::check);
  }

  private static void requireNumbers(Row row, int... columns) {
    for (int column : columns) {
      long ignored = row.number(column);
    }
  }

  private static void requireTexts(Row row, int... columns) {
    for (int column : columns) {
      String ignored = row.text(column);
    }
  }

  private void check(Position checkpoint, long mark) {
    if (checkpoint.position() > mark) {
      walk.findings()
          .add(
              Kind.CHECKPOINT_AHEAD,
              checkpoint.consumer(),
              checkpoint.position(),
              "consumer \"%s\" is at position %s, and the journal's highest position is %s"
                  .formatted(checkpoint.consumer(), checkpoint.position(), mark));
    }
  }

  private void check(DeadLetter letter) {
    if (letter.isLost()) {
      walk.findings()
          .add(
              Kind.DEAD_LETTER_LOST,
              letter.consumer(),
              letter.position(),
              "consumer \"%s\" has parked event %s of stream \"%s\", which is not in the journal"
                  .formatted(letter.consumer(), letter.seq(), letter.streamId()));
    }
  }
}
