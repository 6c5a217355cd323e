package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.LoadProgress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What an import stores in the journal beside the number of its last line, in each transaction: by
 * what the lines and the options are recognised, and what was written to the file of bad lines.
 *
 * @param hash of all lines so far
 * @param options what a line becomes
 * @param badLines how many lines were bad
 * @param badFile the path of the file of those; empty if there is none
 * @param badBytes how long it is
 * @param reasonBytes how long the file of their reasons is
 */
record ImportMark(
    String hash, String options, long badLines, String badFile, long badBytes, long reasonBytes) {

  /** Of an import that has not begun. */
  static ImportMark none(String options) {
    return new ImportMark(LineHash.shown(new LineHash().value()), options, 0, "", 0, 0);
  }

  /**
   * The mark that an import has left.
   *
   * @param options of the import that continues
   * @throws InvalidInputException if it was no import that has left one, or one with other options
   */
  static ImportMark of(BulkLoad<?> load, String options) {
    LoadProgress progress = load.progress();
    if (progress.equals(LoadProgress.NONE)) {
      return none(options);
    }
    ImportMark mark = read(load);
    if (!mark.options.equals(options)) {
      throw new InvalidInputException(
          "this import began with %s, and would continue with %s; give the same options, or another --id to import all lines once more"
              .formatted(mark.options, options));
    }
    return mark;
  }

  private static ImportMark read(BulkLoad<?> load) {
    try {
      Map<String, String> values = StoredJson.scalars(load.progress().note());
      return new ImportMark(
          text(values, "hash"),
          text(values, "options"),
          Long.parseLong(text(values, "badLines")),
          text(values, "badFile"),
          Long.parseLong(text(values, "badBytes")),
          Long.parseLong(text(values, "reasonBytes")));
    } catch (IOException | NumberFormatException e) {
      throw new InvalidInputException(
          "the bulk load \"%s\" was not made by an import; expected another --id"
              .formatted(load.name()));
    }
  }

  private static String text(Map<String, String> values, String name) throws IOException {
    String value = values.get(name);
    if (value == null) {
      throw new IOException(name + " is missing");
    }
    return value;
  }

  /** The mark as a note. */
  String note() {
    StringWriter note = new StringWriter();
    try (JsonGenerator json = StoredJson.factory().createGenerator(note)) {
      json.writeStartObject();
      json.writeStringField("hash", hash);
      json.writeStringField("options", options);
      json.writeNumberField("badLines", badLines);
      json.writeStringField("badFile", badFile);
      json.writeNumberField("badBytes", badBytes);
      json.writeNumberField("reasonBytes", reasonBytes);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return note.toString();
  }
}
