package dev.daybook.cli.importing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * CSV as lines, as RFC 4180 says: a row becomes a JSON object of texts, by the names in the first
 * row, which becomes an empty line. A row with more or fewer fields becomes an array, which is a
 * bad line. Bytes are not decoded, so that a row that is not UTF-8 is a bad line, too.
 *
 * <p>Not by Jackson's reader, which continues in the middle of a row that was too long, and takes
 * what is in its quotes for rows.
 */
final class CsvAsLines extends InputStream {

  private final InputStream in;
  private final char separator;
  private final int maxRowBytes;

  private final List<byte[]> names = new ArrayList<>();
  private final List<byte[]> fields = new ArrayList<>();
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private long rowBytes;
  private boolean header = true;
  private boolean quoted;
  private boolean wasQuoted;
  private boolean tooLong;

  private byte[] ready = {};
  private int next;
  private boolean ended;

  /**
   * @param in in which single bytes can be read fast
   * @param maxRowBytes the longest row that is kept in memory; a longer one is a bad line
   */
  CsvAsLines(InputStream in, char separator, int maxRowBytes) throws IOException {
    this.in = in;
    this.separator = separator;
    this.maxRowBytes = maxRowBytes;
    in.mark(3);
    if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
      in.reset();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    while (next == ready.length) {
      if (ended) {
        return -1;
      }
      next = 0;
      ready = nextPart();
    }
    int count = Math.min(length, ready.length - next);
    System.arraycopy(ready, next, bytes, from, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A row as a line, or a part of one that is too long. */
  private byte[] nextPart() throws IOException {
    while (true) {
      int b = in.read();
      if (b < 0) {
        return end();
      }
      if (quoted) {
        addQuoted(b);
      } else if (b == '"' && field.size() == 0 && !wasQuoted) {
        quoted = true;
        wasQuoted = true;
      } else if (b == separator) {
        endField();
      } else if (b == '\n' || b == '\r') {
        passLineFeedAfter(b);
        return line();
      } else {
        add(b);
      }
      if (rowBytes > maxRowBytes) {
        return partOfLong();
      }
    }
  }

  /** A row ends with a line feed, a carriage return, or both. */
  private void passLineFeedAfter(int b) throws IOException {
    if (b == '\r') {
      in.mark(1);
      if (in.read() != '\n') {
        in.reset();
      }
    }
  }

  private byte[] end() throws IOException {
    ended = true;
    if (quoted) {
      quoted = false;
      throw new EOFException("a field in quotes has no end");
    }
    return fields.isEmpty() && field.size() == 0 && !wasQuoted ? new byte[0] : line();
  }

  private void addQuoted(int b) throws IOException {
    if (b != '"') {
      add(b);
      return;
    }
    in.mark(1);
    if (in.read() == '"') {
      add('"');
    } else {
      in.reset();
      quoted = false;
    }
  }

  /** Adds a byte as it is within a text of JSON. U+0000 stays, since it is refused. */
  private void add(int b) {
    int before = field.size();
    if (b == '"' || b == '\\') {
      field.write('\\');
      field.write(b);
    } else if (b > 0 && b < ' ') {
      field.writeBytes(
          ("\\u00" + HexFormat.of().toHexDigits((byte) b)).getBytes(StandardCharsets.US_ASCII));
    } else {
      field.write(b);
    }
    rowBytes += field.size() - before;
  }

  private void endField() {
    fields.add(field.toByteArray());
    field.reset();
    wasQuoted = false;
  }

  private byte[] line() {
    boolean blank = fields.isEmpty() && field.size() == 0 && !wasQuoted;
    endField();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    if (header && !blank) {
      names.addAll(fields);
      header = false;
    } else if (tooLong) {
      line.writeBytes(fields.get(fields.size() - 1));
    } else if (!blank) {
      write(line);
    }
    line.write('\n');
    fields.clear();
    rowBytes = 0;
    tooLong = false;
    return line.toByteArray();
  }

  private void write(ByteArrayOutputStream line) {
    boolean fits = fields.size() == names.size();
    line.write(fits ? '{' : '[');
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        line.write(',');
      }
      if (fits) {
        writeText(names.get(i), line);
        line.write(':');
      }
      writeText(fields.get(i), line);
    }
    line.write(fits ? '}' : ']');
  }

  private static void writeText(byte[] text, ByteArrayOutputStream line) {
    line.write('"');
    line.writeBytes(text);
    line.write('"');
  }

  private byte[] partOfLong() {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    fields.forEach(part::writeBytes);
    part.writeBytes(field.toByteArray());
    fields.clear();
    field.reset();
    rowBytes = 0;
    tooLong = true;
    return part.toByteArray();
  }
}
