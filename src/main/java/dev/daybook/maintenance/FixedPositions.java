package dev.daybook.maintenance;

/**
 * What was done so that no position is given twice.
 *
 * @param before up to which position they were given, as far as the database knew
 * @param now up to which position they are given now: new events come behind it
 */
public record FixedPositions(long before, long now) {

  /** Whether anything had to be done. */
  public boolean changed() {
    return now > before;
  }
}
