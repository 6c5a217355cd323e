package dev.daybook.codec.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a class looks like to a mapper.
 *
 * @param isOpen whether what can be in it is known only once it is there
 * @param fingerprint of its properties and their types, and those of the types, whatever the
 *     classes among them are called
 */
public record ClassShape(boolean isOpen, String fingerprint) {

  private static final int BYTES = 16;

  static ClassShape of(boolean isOpen, String description) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(description.getBytes(StandardCharsets.UTF_8));
      return new ClassShape(isOpen, HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
