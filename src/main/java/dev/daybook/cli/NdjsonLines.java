package dev.daybook.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes: what is stored is what was in the file. */
final class NdjsonLines {

  /** The longest line that is read; a longer one is skipped over and counts as bad. */
  static final int MAX_LINE_BYTES = 8 << 20;

  private static final int BYTE_ORDER_MARK_FIRST = 0xEF;

  private final InputStream in;
  private long number;
  private long bytesRead;
  private boolean tooLong;

  NdjsonLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** Reads one JSON value and refuses what comes behind it. */
  static ObjectReader reader() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .reader();
  }

  /** The next line without its end; {@code null} at the end. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    tooLong = false;
    int next = in.read();
    if (next < 0) {
      return null;
    }
    if (number == 0 && next == BYTE_ORDER_MARK_FIRST) {
      next = behindByteOrderMark(next);
    }
    number++;
    while (next >= 0 && next != '\n') {
      bytesRead++;
      tooLong = line.size() == MAX_LINE_BYTES;
      if (!tooLong) {
        line.write(next);
      }
      next = in.read();
    }
    bytesRead++;
    byte[] bytes = line.toByteArray();
    boolean returned = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return returned ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Whether the line that was read last was cut. */
  boolean tooLong() {
    return tooLong;
  }

  private int behindByteOrderMark(int first) throws IOException {
    in.mark(2);
    if (in.read() == 0xBB && in.read() == 0xBF) {
      return in.read();
    }
    in.reset();
    return first;
  }
}
