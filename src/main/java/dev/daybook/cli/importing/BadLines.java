package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.options.OutputFile;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.StoredJson;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file of bad lines, whole as they were, and beside it a file that says of each where it was
 * and what is wrong. Both are written under other names, and moved once the import is done: an
 * interrupted import continues them, and what was there before stays until then.
 */
final class BadLines implements Closeable {

  private static final String REASONS = ".reasons";
  private static final String PART = ".part";

  private final Path file;
  private final Path reasonsFile;
  private @Nullable FileChannel lines;
  private @Nullable FileChannel reasons;

  /**
   * @throws InvalidInputException if something else than an ordinary file is in a file's place
   */
  BadLines(Path file) throws IOException {
    this.file = OutputFile.replaceable(file);
    this.reasonsFile = with(this.file, REASONS);
  }

  Path file() {
    return file;
  }

  /** What says why they are bad. */
  Path reasonsFile() {
    return reasonsFile;
  }

  /** All files that are written. */
  static Path[] files(Path file) {
    Path reasons = with(file, REASONS);
    return new Path[] {file, reasons, with(file, PART), with(reasons, PART)};
  }

  /**
   * Opens the files.
   *
   * @param mark how much of them the import has written; what is after that was not committed
   * @param resumed whether the import has begun before, or may have
   * @throws InvalidInputException if the files of another import are there, or these are not
   */
  void open(ImportMark mark, boolean resumed) throws IOException {
    Path part = with(file, PART);
    if (!resumed && Files.exists(part) && Files.size(part) > 0) {
      throw new InvalidInputException(
          "%s has the bad lines of an interrupted import; --resume continues that one, or remove the file"
              .formatted(part));
    }
    boolean written = mark.badFile().equals(file.toString());
    lines = open(file, written ? mark.badBytes() : 0);
    reasons = open(reasonsFile, written ? mark.reasonBytes() : 0);
  }

  private static FileChannel open(Path file, long length) throws IOException {
    Path part = with(file, PART);
    if (length > 0 && !Files.exists(part)) {
      if (!Files.exists(file)) {
        length = 0;
      } else {
        Files.copy(file, part);
      }
    }
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.size() < length) {
      channel.close();
      throw new InvalidInputException(
          "%s has %s bytes, and this import has written %s; restore it, or name another file by --skip-bad"
              .formatted(part, channel.size(), length));
    }
    channel.truncate(length);
    channel.position(length);
    return channel;
  }

  void write(Lines.Place place, byte[] line, BadLine why) throws IOException {
    lineStream().write(line);
    endLine(place, why);
  }

  /** Where the bytes of a line can be written. */
  OutputStream lineStream() {
    return Channels.newOutputStream(opened(lines));
  }

  /** Ends a line whose bytes were written. */
  void endLine(Lines.Place place, BadLine why) throws IOException {
    lineStream().write('\n');
    StringWriter reason = new StringWriter();
    try (JsonGenerator json = StoredJson.factory().createGenerator(reason)) {
      json.writeStartObject();
      json.writeStringField("file", place.file());
      json.writeNumberField("line", place.line());
      if (why.column() > 0) {
        json.writeNumberField("column", why.column());
      }
      json.writeStringField("reason", why.reason());
      json.writeEndObject();
    }
    ByteBuffer bytes = ByteBuffer.wrap((reason + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      opened(reasons).write(bytes);
    }
  }

  /** A mark with the current lengths. */
  ImportMark mark(String hash, String options, long badLines) throws IOException {
    return new ImportMark(
        hash, options, badLines, file.toString(), opened(lines).size(), opened(reasons).size());
  }

  /** Removes what was written after a mark. */
  void cut(ImportMark mark) throws IOException {
    boolean written = mark.badFile().equals(file.toString());
    cut(opened(lines), written ? mark.badBytes() : 0);
    cut(opened(reasons), written ? mark.reasonBytes() : 0);
  }

  private static void cut(FileChannel channel, long length) throws IOException {
    channel.truncate(Math.min(length, channel.size()));
    channel.position(channel.size());
  }

  /** Gives the files their names: the import is done. */
  void finish() throws IOException {
    close();
    for (Path each : new Path[] {reasonsFile, file}) {
      Files.move(with(each, PART), each, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : new FileChannel[] {lines, reasons}) {
      if (channel != null) {
        channel.close();
      }
    }
  }

  private static FileChannel opened(@Nullable FileChannel channel) {
    if (channel == null) {
      throw new IllegalStateException("the file of bad lines is not open");
    }
    return channel;
  }

  private static Path with(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
