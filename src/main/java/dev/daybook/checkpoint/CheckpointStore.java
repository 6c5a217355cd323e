package dev.daybook.checkpoint;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Optional;
import org.jooq.Configuration;

/**
 * Named positions in the journal. Saved in the transaction that also writes what a consumer has
 * made of the events, by {@link #within}, they make its work exactly once.
 *
 * <p>Safe for use by several threads; every method may block for the database. A store got from
 * {@link #within} belongs to its transaction's thread. A consumer's name is one as {@link
 * dev.daybook.settings.Limits} has it; {@code null} is refused with a {@link NullPointerException};
 * every method throws {@link dev.daybook.error.ClosedException} after the {@link
 * dev.daybook.Daybook} was closed.
 */
public interface CheckpointStore {

  /** Where a consumer is; empty if it never saved. */
  Optional<Checkpoint> load(String consumer);

  /**
   * Saves where a consumer has come to. Saving where it is already only renews the time. For
   * consumers of one's own: a {@link dev.daybook.subscription.Subscription} saves by itself.
   *
   * @throws CheckpointRewindException if it has come further
   * @throws dev.daybook.error.InvalidInputException if the position is negative
   */
  void save(String consumer, long position);

  /**
   * Moves a consumer's checkpoint anywhere, also back, or makes it. A subscription of this name
   * that is running takes notice, and goes on from there. In a {@linkplain #within caller's
   * transaction} this waits for the transaction of a handler that works exactly once under the
   * name: so the caller may clear next what that handler has written.
   *
   * @throws dev.daybook.error.InvalidInputException if the position is negative
   */
  void reset(String consumer, long position);

  /** All checkpoints, in the order of their consumers' names. */
  List<Checkpoint> list();

  /**
   * Forgets a consumer. A subscription of this name that is running takes notice, loses its lease,
   * and begins where it was told to begin without a checkpoint. This waits for the transaction of a
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
