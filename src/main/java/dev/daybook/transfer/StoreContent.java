package dev.daybook.transfer;

import java.util.Objects;

/**
 * How much is in a store, and a hash over all of it.
 *
 * @param streams how many streams are known, those without events included
 * @param events how many events there are
 * @param tags how many tags they have, all in all
 * @param snapshots how many snapshots there are
 * @param documents how many documents there are
 * @param records how many records they have, all in all
 * @param checkpoints how many checkpoints there are
 * @param deadLetters how many events were put aside
 * @param loads how many bulk loads have left where they are
 * @param hash SHA-256 over every value of all these, positions included, but not over who holds a
 *     lease; in hexadecimal digits
 */
public record StoreContent(
    long streams,
    long events,
    long tags,
    long snapshots,
    long documents,
    long records,
    long checkpoints,
    long deadLetters,
    long loads,
    String hash) {

  public StoreContent {
    Objects.requireNonNull(hash, "hash");
  }
}
