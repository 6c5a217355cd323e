package dev.daybook.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * JSON that is or was stored: what could be written can be read, however long its parts are. The
 * limits that Jackson has by default are for what comes from strangers.
 */
public final class StoredJson {

  /** Depth is limited alike when it is written. */
  private static final StreamReadConstraints ANY_LENGTH =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .build();

  private StoredJson() {}

  /** Reads and writes it. */
  public static JsonFactory factory() {
    return JsonFactory.builder().streamReadConstraints(ANY_LENGTH).build();
  }
}
