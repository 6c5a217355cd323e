package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Data about an event besides its own data, as text by name. Two names have a defined meaning: the
 * correlation id ties together everything that one request caused, the causation id names the event
 * or command that caused this one. Immutable; keeps the order of the entries.
 *
 * @param entries at most {@link Limits#MAX_METADATA_ENTRIES}, each key a name, each value at most
 *     {@link Limits#MAX_METADATA_VALUE_LENGTH} characters
 */
public record Metadata(Map<String, String> entries) {

  /** The key of the correlation id. */
  public static final String CORRELATION_ID = "correlationId";

  /** The key of the causation id. */
  public static final String CAUSATION_ID = "causationId";

  private static final Metadata NONE = new Metadata(Map.of());

  /**
   * @throws dev.daybook.error.InvalidInputException if a limit is exceeded
   */
  public Metadata {
    Map<String, String> copy = new LinkedHashMap<>(entries);
    InputRules.requireAtMost("metadata entries", copy.keySet(), Limits.MAX_METADATA_ENTRIES);
    copy.forEach(
        (key, value) -> {
          InputRules.requireName("metadata key", key);
          InputRules.requireMetadataValue(key, value);
        });
    entries = Collections.unmodifiableMap(copy);
  }

  /** No metadata. */
  public static Metadata none() {
    return NONE;
  }

  /** Metadata of one entry. */
  public static Metadata of(String key, String value) {
    return NONE.with(key, value);
  }

  /** This with one more entry, or with another value for an existing one. */
  public Metadata with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(entries);
    more.put(key, value);
    return new Metadata(more);
  }

  public Metadata withCorrelationId(String id) {
    return with(CORRELATION_ID, id);
  }

  public Metadata withCausationId(String id) {
    return with(CAUSATION_ID, id);
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  public Optional<String> correlationId() {
    return get(CORRELATION_ID);
  }

  public Optional<String> causationId() {
    return get(CAUSATION_ID);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
