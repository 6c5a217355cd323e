package dev.daybook.transfer;

import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * How much is in a store, and a hash over all of it.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface StoreContent {

  /** How many streams are known, those without events included. */
  long streams();

  /** How many events there are. */
  long events();

  /** How many tags they have, all in all. */
  long tags();

  /** How many snapshots there are. */
  long snapshots();

  /** How many documents there are. */
  long documents();

  /** How many records they have, all in all. */
  long records();

  /** How many checkpoints there are. */
  long checkpoints();

  /** How many dead letters there are. */
  long deadLetters();

  /** How many bulk loads have stored their progress. */
  long loads();

  /**
   * SHA-256 over every value of all these, positions included, but not over leases; in hexadecimal
   * digits.
   */
  String hash();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("transfer.internal makes it")
  record StoreContentValues(
      long streams,
      long events,
      long tags,
      long snapshots,
      long documents,
      long records,
      long checkpoints,
      long deadLetters,
      long loads,
      String hash)
      implements StoreContent {

    public StoreContentValues {
      Objects.requireNonNull(hash, "hash");
    }
  }
}
