package dev.daybook.journal;

import dev.daybook.error.DaybookException;

/** A bulk load goes on elsewhere: another one of the same name has come further. */
public final class StaleLoadException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String load;

  public StaleLoadException(String load, long offset) {
    super(
        "the bulk load \"%s\" is no longer at offset %s; expected that one at a time goes on with it"
            .formatted(load, offset));
    this.load = load;
  }

  /** What the load is called. */
  public String load() {
    return load;
  }
}
