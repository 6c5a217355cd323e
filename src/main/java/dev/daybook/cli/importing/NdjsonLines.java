package dev.daybook.cli.importing;

import dev.daybook.cli.json.JsonLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of one file as bytes: what is stored is what was in the file. */
public final class NdjsonLines implements Lines {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String file;
  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private long filled;
  private long number;
  private boolean tooLong;

  /**
   * @param file its name, for messages; may be empty
   */
  NdjsonLines(String file, InputStream in, int maxLineBytes) {
    this.file = file;
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /** The lines of a file without a name, of the usual length. */
  public static NdjsonLines of(InputStream in) {
    return new NdjsonLines("", in, JsonLine.MAX_BYTES);
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    if (tooLong) {
      rest(OutputStream.nullOutputStream());
    }
    if (number == 0) {
      passByteOrderMark();
    }
    if (!fill()) {
      return null;
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean ended = false;
    while (!ended && !tooLong && fill()) {
      int lineEnd = lineEnd();
      int fitting = Math.min(lineEnd - next, maxLineBytes - line.size());
      line.write(buffer, next, fitting);
      next += fitting;
      tooLong = next < lineEnd;
      ended = !tooLong && lineEnd < end;
      next += ended ? 1 : 0;
    }
    byte[] bytes = line.toByteArray();
    boolean returned = !tooLong && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return returned ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  @Override
  public boolean tooLong() {
    return tooLong;
  }

  @Override
  public void rest(OutputStream to) throws IOException {
    boolean ended = false;
    while (!ended && fill()) {
      int lineEnd = lineEnd();
      to.write(buffer, next, lineEnd - next);
      ended = lineEnd < end;
      next = ended ? lineEnd + 1 : end;
    }
    tooLong = false;
  }

  @Override
  public Place place() {
    return new Place(file, number);
  }

  @Override
  public long bytesRead() {
    return filled - (end - next);
  }

  private void passByteOrderMark() throws IOException {
    end = in.readNBytes(buffer, 0, BYTE_ORDER_MARK.length);
    filled = end;
    if (Arrays.equals(buffer, 0, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      next = end;
    }
  }

  /** Makes sure that there are bytes in the buffer; whether there are any more. */
  private boolean fill() throws IOException {
    if (next < end) {
      return true;
    }
    next = 0;
    end = 0;
    end = Math.max(0, in.read(buffer));
    filled += end;
    return end > 0;
  }

  /** Where the line ends in the buffer; the buffer's end if the line continues after that. */
  private int lineEnd() {
    int at = next;
    while (at < end && buffer[at] != '\n') {
      at++;
    }
    return at;
  }
}
