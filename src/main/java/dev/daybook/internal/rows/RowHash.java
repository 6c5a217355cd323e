package dev.daybook.internal.rows;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 hash over rows, in their order. Each value is written with its kind and its length, so
 * that no two rows are written alike. Not for several threads at once.
 */
public final class RowHash {

  private final DigestOutputStream out =
      new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
  private final DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));

  /** Adds a row, as {@link Columns#read} has made it. */
  public void add(List<@Nullable Object> values) {
    try {
      for (Object value : values) {
        add(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a count. */
  public void add(int count) {
    try {
      data.writeInt(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash over all that was added, which ends this. */
  public String hex() {
    try {
      data.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(out.getMessageDigest().digest());
  }

  private void add(@Nullable Object value) throws IOException {
    if (value == null) {
      data.writeByte('0');
    } else if (value instanceof Number number) {
      data.writeByte('n');
      data.writeLong(number.longValue());
    } else if (value instanceof String text) {
      add('t', text.getBytes(StandardCharsets.UTF_8));
    } else {
      add('b', (byte[]) value);
    }
  }

  private void add(char kind, byte[] bytes) throws IOException {
    data.writeByte(kind);
    data.writeInt(bytes.length);
    data.write(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
