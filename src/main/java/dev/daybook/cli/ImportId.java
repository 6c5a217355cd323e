package dev.daybook.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an import is called, so that a later one can tell which lines it has brought in. */
final class ImportId {

  private static final int DIGITS = 24;

  private final String prefix;

  ImportId(String name) {
    this.prefix = "import:" + hash(name).substring(0, DIGITS) + ":";
  }

  /** The idempotency key of a line. */
  String key(long line) {
    return prefix + line;
  }

  private static String hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
