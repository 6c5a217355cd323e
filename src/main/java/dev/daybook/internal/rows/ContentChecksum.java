package dev.daybook.internal.rows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a row: a CRC32C over its columns, one after the other. Each has its number, then
 * its length and its bytes, or eight bytes if it is a number; so no two rows are framed alike. A
 * column that is NULL adds nothing. So a nullable column that is added to a table later is added
 * last here, and leaves the checksums of the rows before it as they are.
 *
 * <p>What is stored is this less the row's number in its stream or document: the number is known
 * only to the database where it gives it, and the difference fits into 64 bits even for the highest
 * number. A changed number changes the difference, and a row in another's place does so as a rule.
 * The position is in no checksum, because it is given last of all, and anew in another store; it is
 * checked against those of the stream's other events and of the event's tags. Not for several
 * threads at once.
 */
public final class ContentChecksum {

  /** What is longer goes to the checksum as it is, and is not copied before. */
  private static final int LONGEST_COPIED = 128;

  private final CRC32C crc = new CRC32C();
  private byte[] frame = new byte[2 * LONGEST_COPIED];
  private int size;
  private int column;

  /** Adds the next column, a text. */
  public ContentChecksum text(@Nullable String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds the next column, bytes. */
  public ContentChecksum bytes(byte @Nullable [] value) {
    column++;
    if (value == null) {
      return this;
    }
    begin(Integer.BYTES);
    putInt(value.length);
    if (value.length > LONGEST_COPIED) {
      flush();
      crc.update(value, 0, value.length);
    } else {
      makeRoom(value.length);
      System.arraycopy(value, 0, frame, size, value.length);
      size += value.length;
    }
    return this;
  }

  /** Adds the next column, a number. */
  public ContentChecksum number(long value) {
    column++;
    begin(Long.BYTES);
    putInt((int) (value >>> Integer.SIZE));
    putInt((int) value);
    return this;
  }

  /** Adds the next column, a number. */
  public ContentChecksum optionalNumber(@Nullable Long value) {
    if (value != null) {
      return number(value);
    }
    column++;
    return this;
  }

  /** The checksum of all that was added. */
  public long value() {
    flush();
    return crc.getValue();
  }

  /**
   * How a row differs from what was written; empty if it does not.
   *
   * @param found the checksum of what it says
   * @param stored the one that was stored with it; {@code null} if it has none
   */
  public static Optional<String> difference(long found, @Nullable Long stored) {
    return stored == null || stored == found
        ? Optional.empty()
        : Optional.of(
            "is not what was written: its checksum is %s, and %s was stored"
                .formatted(Long.toHexString(found), Long.toHexString(stored)));
  }

  private void begin(int bytes) {
    makeRoom(1 + bytes);
    frame[size++] = (byte) column;
  }

  private void makeRoom(int bytes) {
    if (size + bytes > frame.length) {
      frame = Arrays.copyOf(frame, 2 * (size + bytes));
    }
  }

  private void putInt(int value) {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      frame[size++] = (byte) (value >>> shift);
    }
  }

  private void flush() {
    crc.update(frame, 0, size);
    size = 0;
  }
}
