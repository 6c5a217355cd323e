package dev.daybook.cli.importing;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.LoadProgress;
import java.util.HexFormat;
import java.util.List;

/**
 * What an import stores in the journal beside the number of its last line: a checksum of its lines,
 * and the number of bad lines.
 *
 * @param checksum of all lines so far
 * @param badLines how many lines were bad
 * @param badBytes how long the file of those is
 */
record ImportMark(int checksum, long badLines, long badBytes) {

  private static final String SEPARATOR = " ";

  /**
   * The mark that an import has left.
   *
   * @throws InvalidInputException if it was no import that has left one
   */
  static ImportMark of(BulkLoad<?> load) {
    LoadProgress progress = load.progress();
    if (progress.equals(LoadProgress.NONE)) {
      return new ImportMark(0, 0, 0);
    }
    List<String> parts = List.of(progress.note().split(SEPARATOR, -1));
    try {
      return new ImportMark(
          HexFormat.fromHexDigits(parts.get(0)),
          Long.parseLong(parts.get(1)),
          Long.parseLong(parts.get(2)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidInputException(
          "the bulk load \"%s\" was not made by an import; expected another --id"
              .formatted(load.name()));
    }
  }

  /** The mark as a note. */
  String note() {
    return String.join(
        SEPARATOR,
        HexFormat.of().toHexDigits(checksum),
        Long.toString(badLines),
        Long.toString(badBytes));
  }
}
