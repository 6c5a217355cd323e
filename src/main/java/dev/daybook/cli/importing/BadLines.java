package dev.daybook.cli.importing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/** The file that bad lines are written to. */
final class BadLines implements Closeable {

  private final FileChannel file;

  private BadLines(FileChannel file) {
    this.file = file;
  }

  /**
   * Opens the file, and makes it if it is missing.
   *
   * @param length how much of it stays: what is after that was written by an interrupted import,
   *     and is written again
   */
  static BadLines open(Path path, long length) throws IOException {
    BadLines lines =
        new BadLines(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    lines.cut(length);
    return lines;
  }

  /** Writes lines, each with its end. */
  void write(Collection<byte[]> lines) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      all.writeBytes(line);
      all.write('\n');
    }
    ByteBuffer left = ByteBuffer.wrap(all.toByteArray());
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  long length() throws IOException {
    return file.size();
  }

  /** Cuts the file to a length. */
  void cut(long length) throws IOException {
    file.truncate(length);
    file.position(file.size());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
