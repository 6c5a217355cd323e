package dev.daybook.checkpoint;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Optional;
import org.jooq.Configuration;

/**
 * Named positions in the journal. If a consumer saves its checkpoint in the transaction that writes
 * its results, by {@link #within}, each event takes effect exactly once.
 *
 * <p>Safe for use by several threads; every method may block for the database. A store got from
 * {@link #within} belongs to its transaction's thread. {@link dev.daybook.settings.Limits} says
 * which names of consumers are valid; {@code null} is refused with a {@link NullPointerException};
 * every method throws {@link dev.daybook.error.ClosedException} after the {@link
 * dev.daybook.Daybook} was closed.
 */
public interface CheckpointStore {

  /** The position of a consumer; empty if it never saved one. */
  Optional<Checkpoint> load(String consumer);

  /**
   * Saves the position of a consumer. Saving the same position again only renews the time. For
   * custom consumers: a {@link dev.daybook.subscription.Subscription} saves by itself.
   *
   * @throws CheckpointRewindException if a higher position is saved already
   * @throws dev.daybook.error.InvalidInputException if the position is negative
   */
  void save(String consumer, long position);

  /**
   * Moves a consumer's checkpoint to any position, also to a lower one, or makes it. A running
   * subscription of this name continues from there. In a {@linkplain #within caller's transaction}
   * this waits for the transaction of a handler that works exactly once under the name: so the
   * caller may clear next what that handler has written.
   *
   * @throws dev.daybook.error.InvalidInputException if the position is negative
   */
  void reset(String consumer, long position);

  /** All checkpoints, in the order of their consumers' names. */
  List<Checkpoint> list();

  /**
   * Deletes a consumer's checkpoint. A running subscription of this name loses its lease, and
   * begins where a subscription without a checkpoint begins. This waits for the transaction of a
   * handler that works exactly once under the name.
   *
   * @return whether it was there
   */
  @CanIgnoreReturnValue
  boolean delete(String consumer);

  /**
   * The same store inside the caller's jOOQ transaction; see {@link
   * dev.daybook.journal.Journal#within}.
   */
  CheckpointStore within(Configuration transaction);
}
