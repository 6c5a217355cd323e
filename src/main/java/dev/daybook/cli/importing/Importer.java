package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.StreamStateException;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Appends lines to a journal, some at a time in one transaction, which also stores the progress of
 * the import: whatever interrupts it, the next run appends exactly the lines that are missing.
 *
 * @param <T> what a line is read as
 */
public final class Importer<T> {

  /** The most bytes of lines in one transaction, however many lines that are. */
  private static final int BATCH_BYTES = 4 << 20;

  /** What an import has done so far. */
  public record Progress(long lines, long imported, long alreadyThere, long bad, long bytes) {}

  /** Called with the progress after each transaction. */
  @FunctionalInterface
  public interface Listener {
    void progress(Progress progress);
  }

  private final BulkLoad<EncodedEvent> load;
  private final ImportFormat<T> format;
  private final int batchSize;
  private final @Nullable BadLines badLines;
  private final long alreadyThere;
  private final LineHash hash = new LineHash();

  private final List<Line<T>> batch = new ArrayList<>();
  private final SortedMap<Long, Bad> skipped = new TreeMap<>();
  private long number;
  private long repeated;
  private int batchBytes;
  private ImportMark mark;

  /**
   * @param load the import, which may have begun before
   * @param badLines gets the lines that can't be imported; {@code null} to stop at the first one
   * @throws InvalidInputException if it began with other options
   */
  public Importer(
      BulkLoad<EncodedEvent> load,
      ImportFormat<T> format,
      int batchSize,
      @Nullable BadLines badLines) {
    this.load = load;
    this.format = format;
    this.batchSize = batchSize;
    this.badLines = badLines;
    this.alreadyThere = load.progress().events();
    this.mark = ImportMark.of(load, format.options());
  }

  /**
   * Imports all lines that are not blank, after those that were imported before.
   *
   * @param resumed whether the import may have begun before
   * @throws InvalidInputException at a bad line, which may be one that its stream does not take,
   *     after everything before it was committed; or if the lines that were imported before are
   *     others
   */
  Progress run(Lines lines, boolean resumed, Listener listener) throws IOException {
    skip(lines);
    if (badLines != null) {
      badLines.open(mark, resumed);
    }
    for (byte[] line = next(lines); line != null; line = next(lines)) {
      number++;
      add(line, lines);
      if (batch.size() + skipped.size() >= batchSize || batchBytes >= BATCH_BYTES) {
        commit(number);
        listener.progress(progress(lines));
      }
    }
    commit(number);
    if (badLines != null) {
      badLines.finish();
    }
    Progress done = progress(lines);
    listener.progress(done);
    return done;
  }

  /**
   * A line that can be read.
   *
   * @param number among all lines
   * @param hash of all lines up to this one
   */
  @SuppressWarnings("ArrayRecordComponent") // Lines are not compared.
  private record Line<T>(long number, Lines.Place place, byte[] bytes, T content, byte[] hash) {}

  @SuppressWarnings("ArrayRecordComponent") // Lines are not compared.
  private record Bad(Lines.Place place, byte[] bytes, BadLine why) {}

  /** The same without interest in the progress. */
  public Progress run(NdjsonLines lines) throws IOException {
    return run(lines, false, progress -> {});
  }

  private byte @Nullable [] next(Lines lines) throws IOException {
    try {
      return lines.next();
    } catch (IOException e) {
      commit(number);
      throw new IOException(
          number == 0
              ? "%s: %s (%s)".formatted(lines.place().file(), reason(e), before())
              : "%s, or the one after it: %s (%s)".formatted(lines.place(), reason(e), before()),
          e);
    }
  }

  /** Passes over the lines that were imported before. */
  private void skip(Lines lines) throws IOException {
    long before = load.progress().offset();
    while (number < before) {
      byte[] line = lines.next();
      if (line == null) {
        throw new InvalidInputException(
            "the input has %s, and %s imported before; give another --id to import another file"
                .formatted(
                    ResultPrinter.count(number, "line"),
                    before + (before == 1 ? " was" : " were")));
      }
      number++;
      hash.write(line, 0, line.length);
      if (lines.tooLong()) {
        lines.rest(hash);
      }
      hash.endLine();
    }
    if (!LineHash.shown(hash.value()).equals(mark.hash())) {
      throw new InvalidInputException(
          "the first %s before; give another --id to import another file, and import mended lines that were skipped from the file of bad lines"
              .formatted(
                  before == 1
                      ? "line is not the one that was imported"
                      : before + " lines are not those that were imported"));
    }
  }

  /** Adds a line to the batch. */
  private void add(byte[] line, Lines lines) throws IOException {
    if (lines.tooLong()) {
      addTooLong(line, lines);
      return;
    }
    @Nullable T content = null;
    if (!isBlank(line)) {
      try {
        content = read(format, line);
      } catch (BadLine e) {
        skip(number, new Bad(lines.place(), line, e));
      }
    }
    hash.line(line);
    if (content != null) {
      batch.add(new Line<>(number, lines.place(), line, content, hash.value()));
    }
    batchBytes += line.length;
  }

  /** Reads a line: whatever it causes, it is a bad line. */
  static <T> T read(ImportFormat<T> format, byte[] line) throws BadLine {
    try {
      return format.read(line);
    } catch (RuntimeException e) {
      throw new BadLine(reason(e), 0);
    }
  }

  /** Notes a bad line for its file, or ends the import. */
  private void skip(long line, Bad bad) throws IOException {
    if (badLines == null) {
      commit(line - 1);
      throw refusal(bad.place(), bad.why());
    }
    skipped.put(line, bad);
  }

  static String tooLong(ImportFormat<?> format) {
    return "it is longer than %s bytes".formatted(format.maxLineBytes());
  }

  /** Its bytes are never in memory together. */
  private void addTooLong(byte[] beginning, Lines lines) throws IOException {
    commit(number - 1);
    BadLine why = new BadLine(tooLong(format), 0);
    Lines.Place place = lines.place();
    if (badLines == null) {
      throw refusal(place, why);
    }
    OutputStream file = badLines.lineStream();
    file.write(beginning);
    hash.write(beginning, 0, beginning.length);
    lines.rest(new Both(file, hash));
    hash.endLine();
    badLines.endLine(place, why);
    append(List.of(), number, hash.value(), 1);
  }

  /**
   * Appends the batch in one transaction. Only if some of it is refused are its lines appended one
   * by one, each in its own transaction.
   */
  private void commit(long lastLine) throws IOException {
    if (lastLine > load.progress().offset()) {
      byte[] last = hash.value();
      try {
        append(batch, lastLine, last, 0);
      } catch (StreamStateException | ConflictException | InvalidInputException e) {
        appendEach();
        if (lastLine > load.progress().offset()) {
          append(List.of(), lastLine, last, 0);
        }
      }
    }
    batch.clear();
    batchBytes = 0;
  }

  private void appendEach() throws IOException {
    for (Line<T> line : batch) {
      try {
        append(List.of(line), line.number(), line.hash(), 0);
      } catch (StreamStateException | ConflictException | InvalidInputException e) {
        BadLine why = new BadLine(reason(e), 0);
        if (badLines == null) {
          throw refusal(line.place(), why);
        }
        skipped.put(line.number(), new Bad(line.place(), line.bytes(), why));
      }
    }
  }

  /**
   * Bad lines are written to the file before the commit that counts them, and removed if it fails.
   *
   * @param written how many bad lines are in the file and not counted yet
   */
  private void append(List<Line<T>> lines, long lastLine, byte[] value, int written)
      throws IOException {
    SortedMap<Long, Bad> bad = skipped.headMap(lastLine + 1);
    ImportMark next = write(bad, LineHash.shown(value), written);
    long before = load.progress().events();
    try {
      format.append(load, lines.stream().map(Line::content).toList(), lastLine, next.note());
    } catch (StreamStateException | ConflictException | InvalidInputException e) {
      if (badLines != null) {
        badLines.cut(mark);
      }
      throw e;
    }
    // The key of some lines may have been there.
    repeated += lines.size() - (load.progress().events() - before);
    bad.clear();
    mark = next;
  }

  /** The mark that says what is in the file of bad lines then. */
  private ImportMark write(SortedMap<Long, Bad> bad, String value, int written) throws IOException {
    if (badLines == null) {
      return new ImportMark(
          value,
          mark.options(),
          mark.badLines(),
          mark.badFile(),
          mark.badBytes(),
          mark.reasonBytes());
    }
    for (Bad line : bad.values()) {
      badLines.write(line.place(), line.bytes(), line.why());
    }
    return badLines.mark(value, mark.options(), mark.badLines() + bad.size() + written);
  }

  private InvalidInputException refusal(Lines.Place place, BadLine why) {
    return new InvalidInputException(
        "%s%s: %s (%s; %s--skip-bad FILE continues without such lines)"
            .formatted(
                place,
                why.column() == 0 ? "" : ", column " + why.column(),
                why.reason(),
                before(),
                load.progress().offset() == 0 ? "" : "--resume "));
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    if (failure instanceof EOFException && message == null) {
      return "the file ends in the middle of what is compressed";
    }
    return message != null
            && (failure instanceof DaybookException || failure instanceof IOException)
        ? message
        : failure.toString();
  }

  private String before() {
    long events = load.progress().events();
    return events == 0
        ? "nothing was imported"
        : "the journal has %s before it".formatted(ResultPrinter.count(events, "line"));
  }

  private Progress progress(Lines lines) {
    return new Progress(
        number,
        load.progress().events() - alreadyThere,
        alreadyThere + repeated,
        mark.badLines(),
        lines.bytesRead());
  }

  static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Writes to two streams. */
  private static final class Both extends OutputStream {

    private final OutputStream one;
    private final OutputStream other;

    Both(OutputStream one, OutputStream other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(int b) throws IOException {
      one.write(b);
      other.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      one.write(bytes, from, length);
      other.write(bytes, from, length);
    }
  }
}
