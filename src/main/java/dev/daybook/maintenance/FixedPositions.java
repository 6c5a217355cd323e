package dev.daybook.maintenance;

/**
 * The result of {@link Maintenance#fixPositions}.
 *
 * @param before up to which position they were given, as far as the database knew
 * @param now up to which position they are given now: new events come after it
 */
public record FixedPositions(long before, long now) {

  /** Whether anything had to be done. */
  public boolean changed() {
    return now > before;
  }
}
