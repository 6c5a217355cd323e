package dev.daybook.cli;

import dev.daybook.Daybook;
import dev.daybook.DaybookException;
import dev.daybook.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamStateException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** A line, and what it says is to be appended. */
  @SuppressWarnings("ArrayRecordComponent") // Lines are not compared.
  private record Line(long number, byte[] bytes, Append<EncodedEvent> append) {}

  /** A line that the journal refuses. */
  private record Refusal(Line line, DaybookException reason) {}

  /** What has become of a batch. */
  private record Outcome(int imported, int alreadyThere, List<Refusal> refusals) {}

  private final Daybook daybook;
  private final ImportFormat format;
  private final ImportId id;
  private final int batchSize;
  private final boolean resume;
  private final @Nullable OutputStream badLines;

  private final List<Line> batch = new ArrayList<>();
  private final SortedMap<Long, byte[]> aside = new TreeMap<>();
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
   * @throws InvalidInputException at a bad line, which may be one that its stream does not take,
   *     after everything before it was committed; or if a line was imported before and this is no
   *     resumption, or was another one then
   */
  Progress run(NdjsonLines lines, Listener listener) throws IOException {
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (isBlank(line)) {
        continue;
      }
      add(line, lines);
      // The first line goes alone: if it is there already, nothing of this import is written.
      boolean first = imported + alreadyThere == 0;
      if (first || isFull()) {
        commit();
        listener.progress(progress(lines));
      }
    }
    commit();
    Progress done = progress(lines);
    listener.progress(done);
    return done;
  }

  /** Adds a line to the batch. */
  private void add(byte[] line, NdjsonLines lines) throws IOException {
    long number = lines.number();
    try {
      if (lines.tooLong()) {
        throw new InvalidInputException(
            "it is longer than " + NdjsonLines.MAX_LINE_BYTES + " bytes");
      }
      batch.add(new Line(number, line, format.append(line, id.key(number))));
    } catch (InvalidInputException e) {
      if (badLines == null) {
        commit();
        throw bad(number, e);
      }
      aside.put(number, line);
    }
    batchBytes += line.length;
  }

  private boolean isFull() {
    return batch.size() + aside.size() >= batchSize || batchBytes >= BATCH_BYTES;
  }

  private void commit() throws IOException {
    if (!batch.isEmpty()) {
      settle(append());
    }
    putAside();
    batch.clear();
    batchBytes = 0;
  }

  /**
   * Appends the batch in one transaction. Only if some of it is refused are its lines appended one
   * by one, in one transaction as well.
   */
  private Outcome append() {
    try {
      return daybook.transactionResult(
          transaction -> appendAll(daybook.with(transaction).rawJournal()));
    } catch (StreamStateException | ConflictException e) {
      return daybook.transactionResult(
          transaction -> appendEach(daybook.with(transaction).rawJournal()));
    }
  }

  private Outcome appendAll(Journal<EncodedEvent> journal) {
    List<List<RecordedEvent<EncodedEvent>>> recorded =
        journal.appendAll(batch.stream().map(Line::append).toList());
    int there = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (wasThere(batch.get(i), recorded.get(i))) {
        there++;
      }
    }
    return new Outcome(batch.size() - there, there, List.of());
  }

  /** Goes on behind a line that is refused only if that can be put aside. */
  private Outcome appendEach(Journal<EncodedEvent> journal) {
    int there = 0;
    int appended = 0;
    List<Refusal> refusals = new ArrayList<>();
    for (Line line : batch) {
      if (badLines == null && !refusals.isEmpty()) {
        break;
      }
      try {
        if (wasThere(line, journal.append(line.append()))) {
          there++;
        } else {
          appended++;
        }
      } catch (StreamStateException | ConflictException e) {
        refusals.add(new Refusal(line, e));
      }
    }
    return new Outcome(appended, there, refusals);
  }

  /**
   * Whether a line was in the journal before. The journal answers with the very data that it was
   * given, unless it had seen the key.
   *
   * @throws InvalidInputException if it may not be there
   */
  @SuppressWarnings("ReferenceEquality")
  private boolean wasThere(Line line, List<RecordedEvent<EncodedEvent>> recorded) {
    EncodedEvent given = line.append().events().get(0).data();
    EncodedEvent found = recorded.get(0).data();
    boolean there = found != given;
    if (there) {
      requireResumed(line.number(), given.equals(found));
    }
    return there;
  }

  private void settle(Outcome outcome) {
    imported += outcome.imported();
    alreadyThere += outcome.alreadyThere();
    for (Refusal refusal : outcome.refusals()) {
      Line line = refusal.line();
      if (badLines == null) {
        throw bad(line.number(), refusal.reason());
      }
      aside.put(line.number(), line.bytes());
    }
  }

  /** Writes the batch's bad lines, in the order of the file. */
  private void putAside() throws IOException {
    OutputStream out = badLines;
    if (out == null) {
      return;
    }
    for (byte[] line : aside.values()) {
      out.write(line);
      out.write('\n');
    }
    bad += aside.size();
    aside.clear();
  }

  private InvalidInputException bad(long line, DaybookException reason) {
    return new InvalidInputException(
        "line %s: %s (%s)".formatted(line, reason.getMessage(), before()));
  }

  private void requireResumed(long line, boolean same) {
    if (!resume) {
      throw new InvalidInputException(
          "line %s was imported before; --resume goes on with an interrupted import, and --id names another one (%s)"
              .formatted(line, before()));
    }
    if (!same) {
      throw new InvalidInputException(
          "line %s is not the line that was imported under this number before; give another --id to import another file (%s)"
              .formatted(line, before()));
    }
  }

  private String before() {
    long lines = imported + alreadyThere;
    return lines == 0
        ? "nothing was imported now"
        : "%s lines before it are in the journal".formatted(lines);
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
