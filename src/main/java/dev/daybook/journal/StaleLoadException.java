package dev.daybook.journal;

import dev.daybook.error.DaybookException;

/** Another bulk load of the same name has continued this one. */
public final class StaleLoadException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String load;

  public StaleLoadException(String load, long offset) {
    super(
        "the bulk load \"%s\" is no longer at offset %s; expected that only one at a time continues it"
            .formatted(load, offset));
    this.load = load;
  }

  /** The name of the load. */
  public String load() {
    return load;
  }
}
