package dev.daybook.document;

import dev.daybook.internal.input.InputRules;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a document's content.
 *
 * @param kind whether it is the whole content or a change
 * @param data the content itself
 * @param version the version of the document that it leads to, as the application writes it: a
 *     number, a hash, or a state vector of many replicas
 * @param lineage the line of history that it belongs to; {@code null} for none
 */
public record Entry(Kind kind, EntryData data, String version, @Nullable String lineage)
    implements DocumentRecord {

  /** The content of an entry. */
  public enum Kind {
    /** The whole content at its version. */
    ENTIRETY,
    /** The changes since the version before. */
    SINCE
  }

  /**
   * @throws dev.daybook.error.InvalidInputException if the version or the lineage is empty, longer
   *     than {@link dev.daybook.settings.Limits#MAX_VERSION_LENGTH}, or has an unpaired surrogate
   */
  public Entry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(data, "data");
    InputRules.requireVersion("version", version);
    if (lineage != null) {
      InputRules.requireVersion("lineage", lineage);
    }
  }

  /** The whole content, without a lineage. */
  public static Entry entirety(EntryData data, String version) {
    return new Entry(Kind.ENTIRETY, data, version, null);
  }

  /** A change, without a lineage. */
  public static Entry since(EntryData data, String version) {
    return new Entry(Kind.SINCE, data, version, null);
  }

  /** This within a line of history. */
  public Entry withLineage(String line) {
    return new Entry(kind, data, version, Objects.requireNonNull(line, "lineage"));
  }
}
