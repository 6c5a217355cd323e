package dev.daybook.journal.internal;

/** A schema version of an event type. */
record TypeVersion(String type, int version) {

  @Override
  public String toString() {
    return "\"%s\" version %s".formatted(type, version);
  }
}
