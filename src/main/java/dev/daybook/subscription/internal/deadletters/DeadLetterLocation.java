package dev.daybook.subscription.internal.deadletters;

import dev.daybook.internal.statements.Row;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.internal.read.StreamRow;
import dev.daybook.subscription.internal.store.DeadLetterStatements;
import java.util.Optional;

/**
 * Where the event of a dead letter is by now.
 *
 * @param position its position; empty if it is not in the journal
 * @param stream its stream, if there is one
 */
public record DeadLetterLocation(Optional<Long> position, Optional<StreamRow> stream) {

  /** Reads what {@link DeadLetterStatements#whereabouts} has found. */
  static DeadLetterLocation read(Row row) {
    return new DeadLetterLocation(
        Optional.ofNullable(row.optionalNumber(StreamRow.COLUMN_COUNT + 1)),
        row.optionalText(1) == null ? Optional.empty() : Optional.of(StreamRow.read(row)));
  }

  /** Whether its stream says that an event that is not in the journal was deleted. */
  public boolean deleted(long seq) {
    return stream
        .filter(row -> !row.moved())
        .filter(row -> seq <= row.deletedTo() || row.state() == StreamState.DELETED)
        .isPresent();
  }

  /** Why an event is not in the journal that was not deleted. */
  public RuntimeException missing() {
    return stream
        .filter(StreamRow::moved)
        .<RuntimeException>map(StreamRow::refusal)
        .orElseGet(() -> new IllegalStateException("the event is not in the journal"));
  }
}
