package dev.daybook.journal.internal.types;

import org.jspecify.annotations.Nullable;

/**
 * A schema version of an event type, as a key. What a record does by itself takes a new process 30
 * ms the first time.
 */
record TypeVersion(String type, int version) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TypeVersion that && version == that.version && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + version;
  }

  @Override
  public String toString() {
    return "\"%s\" version %s".formatted(type, version);
  }
}
