package dev.daybook.cli.importing;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A hash of lines, each SHA-256 of the one before and the line: it is known after each line, and
 * says nothing about line ends.
 */
final class LineHash extends OutputStream {

  private final MessageDigest sha256;
  private byte[] last = new byte[32];

  LineHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JVM has SHA-256", e);
    }
    sha256.update(last);
  }

  @Override
  public void write(int b) {
    sha256.update((byte) b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    sha256.update(bytes, from, length);
  }

  /** Ends a line whose bytes were written. */
  void endLine() {
    last = sha256.digest();
    sha256.update(last);
  }

  void line(byte[] line) {
    sha256.update(line);
    endLine();
  }

  /** The hash of all lines that have ended. */
  byte[] value() {
    return last;
  }

  static String shown(byte[] value) {
    return HexFormat.of().formatHex(value);
  }
}
