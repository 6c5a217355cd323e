package dev.daybook.cli.importing;

import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.StreamStateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Appends the lines of a file to a journal, some at a time in one transaction, which also stores
 * the progress of the import: whatever interrupts it, the next run appends exactly the lines that
 * are missing.
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

  /**
   * A line that can be read.
   *
   * @param checksum of all lines up to this one
   */
  @SuppressWarnings("ArrayRecordComponent") // Lines are not compared.
  private record Line<T>(long number, byte[] bytes, T content, int checksum) {}

  private final BulkLoad<EncodedEvent> load;
  private final ImportFormat<T> format;
  private final int batchSize;
  private final @Nullable BadLines badLines;
  private final long alreadyThere;
  private final CRC32C checksum = new CRC32C();

  private final List<Line<T>> batch = new ArrayList<>();
  private final SortedMap<Long, byte[]> aside = new TreeMap<>();
  private int batchBytes;
  private ImportMark mark;

  /**
   * @param load the import, which may have begun before
   * @param badLines gets the lines that can't be imported; {@code null} to stop at the first one
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
    this.mark = ImportMark.of(load);
  }

  /**
   * Imports all lines that are not blank, after those that were imported before.
   *
   * @throws InvalidInputException at a bad line, which may be one that its stream does not take,
   *     after everything before it was committed; or if the lines that were imported before are
   *     others
   */
  public Progress run(NdjsonLines lines, Listener listener) throws IOException {
    skip(lines);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      add(line, lines);
      if (batch.size() + aside.size() >= batchSize || batchBytes >= BATCH_BYTES) {
        commit(lines.number());
        listener.progress(progress(lines));
      }
    }
    commit(lines.number());
    Progress done = progress(lines);
    listener.progress(done);
    return done;
  }

  /** Passes over the lines that were imported before. */
  private void skip(NdjsonLines lines) throws IOException {
    long before = load.progress().offset();
    while (lines.number() < before) {
      byte[] line = lines.next();
      if (line == null) {
        throw new InvalidInputException(
            "there are %s lines, and %s were imported before; give another --id to import another file"
                .formatted(lines.number(), before));
      }
      sum(line);
    }
    if (before > 0 && (int) checksum.getValue() != mark.checksum()) {
      throw new InvalidInputException(
          "the first %s lines are not those that were imported before; give another --id to import another file"
              .formatted(before));
    }
  }

  /** Adds a line to the batch. */
  private void add(byte[] line, NdjsonLines lines) throws IOException {
    long number = lines.number();
    @Nullable T content = null;
    if (!isBlank(line)) {
      try {
        content = read(line, lines);
      } catch (InvalidInputException e) {
        if (badLines == null) {
          commit(number - 1);
          throw bad(number, e);
        }
        aside.put(number, line);
      }
    }
    sum(line);
    if (content != null) {
      batch.add(new Line<>(number, line, content, (int) checksum.getValue()));
    }
    batchBytes += line.length;
  }

  private T read(byte[] line, NdjsonLines lines) throws IOException {
    if (lines.tooLong()) {
      throw new InvalidInputException("it is longer than " + NdjsonLines.MAX_LINE_BYTES + " bytes");
    }
    return format.read(line);
  }

  private void sum(byte[] line) {
    checksum.update(line);
    checksum.update('\n');
  }

  /**
   * Appends the batch in one transaction. Only if some of it is refused are its lines appended one
   * by one, each in its own transaction.
   */
  private void commit(long lastLine) throws IOException {
    if (lastLine > load.progress().offset()) {
      try {
        append(batch, lastLine, (int) checksum.getValue());
      } catch (StreamStateException | ConflictException e) {
        appendEach();
        if (lastLine > load.progress().offset()) {
          append(List.of(), lastLine, (int) checksum.getValue());
        }
      }
    }
    batch.clear();
    batchBytes = 0;
  }

  private void appendEach() throws IOException {
    for (Line<T> line : batch) {
      try {
        append(List.of(line), line.number(), line.checksum());
      } catch (StreamStateException | ConflictException e) {
        if (badLines == null) {
          throw bad(line.number(), e);
        }
        aside.put(line.number(), line.bytes());
      }
    }
  }

  /**
   * Bad lines are written to the file before the commit that counts them, and removed if it fails.
   */
  private void append(List<Line<T>> lines, long lastLine, int sum) throws IOException {
    SortedMap<Long, byte[]> bad = aside.headMap(lastLine + 1);
    long length = putAside(bad);
    ImportMark next = new ImportMark(sum, mark.badLines() + bad.size(), length);
    try {
      format.append(load, lines.stream().map(Line::content).toList(), lastLine, next.note());
    } catch (StreamStateException | ConflictException e) {
      if (badLines != null) {
        badLines.cut(mark.badBytes());
      }
      throw e;
    }
    bad.clear();
    mark = next;
  }

  /** How long the file of bad lines is then. */
  private long putAside(SortedMap<Long, byte[]> bad) throws IOException {
    if (badLines == null) {
      return mark.badBytes();
    }
    badLines.write(bad.values());
    return badLines.length();
  }

  private InvalidInputException bad(long line, DaybookException reason) {
    return new InvalidInputException(
        "line %s: %s (%s)".formatted(line, reason.getMessage(), before()));
  }

  private String before() {
    long events = load.progress().events();
    return events == 0
        ? "nothing was imported"
        : "%s lines before it are in the journal".formatted(events);
  }

  private Progress progress(NdjsonLines lines) {
    return new Progress(
        lines.number(),
        load.progress().events() - alreadyThere,
        alreadyThere,
        mark.badLines(),
        lines.bytesRead());
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
