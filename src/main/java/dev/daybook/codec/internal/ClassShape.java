package dev.daybook.codec.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The shape of a class, as a mapper sees it. */
public final class ClassShape {

  private static final int BYTES = 16;

  private final boolean open;
  private final String description;

  /**
   * @param open whether what can be in it is known only once it is there
   * @param description its properties and their types, and those of the types
   */
  ClassShape(boolean open, String description) {
    this.open = open;
    this.description = description;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * A hash of its properties and their types, and those of the types, whatever the classes among
   * them are called.
   */
  public String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(description.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
