package dev.daybook.document;

import dev.daybook.internal.input.InputRules;
import java.util.Objects;

/**
 * The description of a document. Its replica type's name and major version and its sync mode never
 * change; the rest is as in the last meta record.
 *
 * @param replicaType what kind of replica writes it
 * @param syncMode how it is synchronised
 * @param schemaHash which schema its content has
 */
public record Meta(ReplicaType replicaType, SyncMode syncMode, String schemaHash)
    implements DocumentRecord {

  /**
   * @throws dev.daybook.error.InvalidInputException if the schema hash is not a valid name
   */
  public Meta {
    Objects.requireNonNull(replicaType, "replicaType");
    Objects.requireNonNull(syncMode, "syncMode");
    InputRules.requireName("schema hash", schemaHash);
  }

  /** Whether a document with this meta accepts that one next. */
  public boolean isCompatibleWith(Meta next) {
    return replicaType.name().equals(next.replicaType.name())
        && replicaType.major() == next.replicaType.major()
        && syncMode.equals(next.syncMode);
  }
}
