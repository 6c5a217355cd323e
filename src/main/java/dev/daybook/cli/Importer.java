package dev.daybook.cli;

import dev.daybook.Daybook;
import dev.daybook.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends the lines of a file to a journal, some at a time in one transaction. Each line is
 * appended under an idempotency key of its own, made of the import's name and the number of the
 * line: whatever interrupts the import, doing it again appends exactly the lines that are missing.
 */
final class Importer {

  /** The most bytes of lines in one transaction, however many lines that are. */
  private static final int BATCH_BYTES = 4 << 20;

  /** What an import has done so far. */
  record Progress(long lines, long imported, long alreadyThere, long bad, long bytes) {}

  /** Is told of progress after each transaction. */
  @FunctionalInterface
  interface Listener {
    void progress(Progress progress);
  }

  private final Daybook daybook;
  private final ImportFormat format;
  private final ImportId id;
  private final int batchSize;
  private final boolean resume;
  private final @Nullable OutputStream badLines;

  private final List<Append<EncodedEvent>> batch = new ArrayList<>();
  private final List<Long> batchLines = new ArrayList<>();
  private int batchBytes;
  private long imported;
  private long alreadyThere;
  private long bad;

  /**
   * @param resume whether lines may have been imported before
   * @param badLines gets the lines that can't be imported; {@code null} to stop at the first one
   */
  Importer(
      Daybook daybook,
      ImportFormat format,
      ImportId id,
      int batchSize,
      boolean resume,
      @Nullable OutputStream badLines) {
    this.daybook = daybook;
    this.format = format;
    this.id = id;
    this.batchSize = batchSize;
    this.resume = resume;
    this.badLines = badLines;
  }

  /**
   * Imports all lines that are not blank.
   *
   * @throws InvalidInputException at a bad line, after everything before it was committed, or if a
   *     line was imported before and this is no resumption, or was another one then
   */
  Progress run(NdjsonLines lines, Listener listener) throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (isBlank(line)) {
        continue;
      }
      Append<EncodedEvent> append = parse(line, lines);
      if (append != null) {
        batch.add(append);
        batchLines.add(lines.number());
        batchBytes += line.length;
      }
      // The first line goes alone: if it is there already, nothing of this import is written.
      boolean first = imported + alreadyThere == 0;
      if (first || batch.size() >= batchSize || batchBytes >= BATCH_BYTES) {
        commit();
        listener.progress(progress(lines));
      }
    }
    commit();
    Progress done = progress(lines);
    listener.progress(done);
    return done;
  }

  private @Nullable Append<EncodedEvent> parse(byte[] line, NdjsonLines lines) throws IOException {
    long number = lines.number();
    try {
      if (lines.tooLong()) {
        throw new InvalidInputException(
            "it is longer than " + NdjsonLines.MAX_LINE_BYTES + " bytes");
      }
      return format.append(line, id.key(number));
    } catch (InvalidInputException e) {
      if (badLines != null) {
        bad++;
        badLines.write(line);
        badLines.write('\n');
        return null;
      }
      commit();
      throw new InvalidInputException(
          "line %d: %s (%s)".formatted(number, e.getMessage(), before()));
    }
  }

  private void commit() {
    if (batch.isEmpty()) {
      return;
    }
    int there =
        daybook.transactionResult(transaction -> append(daybook.with(transaction).rawJournal()));
    imported += batch.size() - there;
    alreadyThere += there;
    batch.clear();
    batchLines.clear();
    batchBytes = 0;
  }

  /**
   * Appends the batch, and says how much of it was there. The journal answers with the very data
   * that it was given, unless it had seen the key.
   *
   * @throws InvalidInputException if some of it may not be there; then nothing of it is appended
   */
  @SuppressWarnings("ReferenceEquality")
  private int append(Journal<EncodedEvent> journal) {
    List<List<RecordedEvent<EncodedEvent>>> recorded = journal.appendAll(batch);
    int there = 0;
    for (int i = 0; i < batch.size(); i++) {
      EncodedEvent given = batch.get(i).events().get(0).data();
      EncodedEvent found = recorded.get(i).get(0).data();
      if (found != given) {
        requireResumed(batchLines.get(i), given.equals(found));
        there++;
      }
    }
    return there;
  }

  private void requireResumed(long line, boolean same) {
    if (!resume) {
      throw new InvalidInputException(
          "line %d was imported before; --resume goes on with an interrupted import, and --id names another one (%s)"
              .formatted(line, before()));
    }
    if (!same) {
      throw new InvalidInputException(
          "line %d is not the line that was imported under this number before; give another --id to import another file (%s)"
              .formatted(line, before()));
    }
  }

  private String before() {
    long lines = imported + alreadyThere;
    return lines == 0
        ? "nothing was imported now"
        : "%d lines before it are in the journal".formatted(lines);
  }

  private Progress progress(NdjsonLines lines) {
    return new Progress(lines.number(), imported, alreadyThere, bad, lines.bytesRead());
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
