package dev.daybook.stream.internal;

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
 * How many events there are in a part of a stream, and a hash over everything that they and their
 * tags hold, but for their positions.
 */
record Content(long events, String hash) {

  static Content of(StreamPages pages, long after, long to) {
    Hashing hashing = new Hashing();
    pages.events(after, to, hashing::add);
    return new Content(
        hashing.events, HexFormat.of().formatHex(hashing.out.getMessageDigest().digest()));
  }

  /** Each value with its kind and its length, so that no two events are written alike. */
  private static final class Hashing {

    private final DigestOutputStream out =
        new DigestOutputStream(OutputStream.nullOutputStream(), sha256());
    private final DataOutputStream data = new DataOutputStream(out);
    private long events;

    void add(StreamPages.StoredEvent event) {
      events++;
      try {
        add(event.values());
        data.writeInt(event.tags().size());
        for (List<@Nullable Object> tag : event.tags()) {
          add(tag);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void add(List<@Nullable Object> values) throws IOException {
      for (Object value : values) {
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
}
