package dev.daybook.cli.importing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes: what is stored is what was in the file. */
public final class NdjsonLines {

  /** The longest line that is read; a longer one is skipped over and counts as bad. */
  static final int MAX_LINE_BYTES = 8 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private long filled;
  private long number;
  private boolean tooLong;

  public NdjsonLines(InputStream in) {
    this.in = in;
  }

  /** Reads one JSON value and refuses anything after it. */
  public static ObjectReader reader() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .reader();
  }

  /** The next line without its end; {@code null} at the end. */
  byte @Nullable [] next() throws IOException {
    if (number == 0) {
      passByteOrderMark();
    }
    if (!fill()) {
      return null;
    }
    number++;
    tooLong = false;
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean ended = false;
    while (!ended && fill()) {
      int lineEnd = lineEnd();
      ended = lineEnd < end;
      keep(line, lineEnd - next);
      next = ended ? lineEnd + 1 : end;
    }
    byte[] bytes = line.toByteArray();
    boolean returned = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return returned ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  long bytesRead() {
    return filled - (end - next);
  }

  /** Whether the line that was read last was cut. */
  boolean tooLong() {
    return tooLong;
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

  private void keep(ByteArrayOutputStream line, int count) {
    int fitting = Math.min(count, MAX_LINE_BYTES - line.size());
    tooLong |= fitting < count;
    line.write(buffer, next, fitting);
  }
}
