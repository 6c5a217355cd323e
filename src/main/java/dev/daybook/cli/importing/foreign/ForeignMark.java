package dev.daybook.cli.importing.foreign;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.LoadProgress;
import java.util.List;

/**
 * What an import of another program's file stores beside its progress.
 *
 * @param program the program
 * @param hash the hash of all that was to be imported when it began
 * @param phase the phase that it is in
 * @param cursor how much of the phase is done: a number or an id; empty for nothing
 */
record ForeignMark(String program, String hash, Phase phase, String cursor) {

  /** What is written after what. */
  enum Phase {
    MARKS,
    EVENTS,
    SNAPSHOTS,
    DOCUMENTS,
    CHECKPOINTS,
    TOMBSTONES,
    DONE
  }

  private static final String SEPARATOR = " ";
  private static final int PARTS = 4;

  /**
   * The mark of an import.
   *
   * @throws InvalidInputException if it was begun with another program's file, or with another
   *     content, or was no such import
   */
  static ForeignMark of(BulkLoad<?> load, String program, String hash) {
    LoadProgress progress = load.progress();
    if (progress.equals(LoadProgress.NONE)) {
      return new ForeignMark(program, hash, Phase.MARKS, "");
    }
    List<String> parts = List.of(progress.note().split(SEPARATOR, PARTS));
    if (parts.size() < PARTS || !parts.get(0).equals(program)) {
      throw new InvalidInputException(
          "the bulk load \"%s\" was not made by an import from %s; expected another --id"
              .formatted(load.name(), program));
    }
    if (!parts.get(1).equals(hash)) {
      throw new InvalidInputException(
          "the file has other content than when the import of it began, or other options were given; expected the same file and options, or another --id");
    }
    return new ForeignMark(program, hash, Phase.valueOf(parts.get(2)), parts.get(3));
  }

  ForeignMark at(Phase next, String done) {
    return new ForeignMark(program, hash, next, done);
  }

  /** The mark as a note. */
  String note() {
    return String.join(SEPARATOR, program, hash, phase.name(), cursor);
  }
}
