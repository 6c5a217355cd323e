package dev.daybook.cli.importing;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON array as lines, one an element: each byte stays what it is, but for the brackets, the
 * commas between elements, and line ends.
 */
final class ArrayAsLines extends FilterInputStream {

  private int depth;
  private boolean quoted;
  private boolean escaped;

  /**
   * @param in whose first byte that is not white space is a bracket
   */
  ArrayAsLines(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = in.read(bytes, from, length);
    if (count < 0 && depth > 0) {
      depth = 0;
      throw new EOFException("the array has no end; expected ]");
    }
    for (int i = from; i < from + count; i++) {
      bytes[i] = quoted ? inText(bytes[i]) : outside(bytes[i]);
    }
    return count;
  }

  private byte inText(byte b) {
    quoted = escaped || b != '"';
    escaped = !escaped && b == '\\';
    return b;
  }

  private byte outside(byte b) {
    return switch (b) {
      case '"' -> {
        quoted = true;
        yield b;
      }
      case '[', '{' -> {
        depth++;
        yield depth == 1 ? (byte) ' ' : b;
      }
      case ']', '}' -> {
        depth = Math.max(0, depth - 1);
        yield depth == 0 ? (byte) '\n' : b;
      }
      case ',' -> depth == 1 ? (byte) '\n' : b;
      case '\n', '\r' -> depth == 0 ? b : (byte) ' ';
      default -> b;
    };
  }
}
