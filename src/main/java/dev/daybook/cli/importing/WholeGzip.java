package dev.daybook.cli.importing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What one or several members of gzip hold. Java's reader ends at the first bytes that are not a
 * member, as if they were not there; this fails.
 */
final class WholeGzip extends GZIPInputStream {

  private static final int BUFFER_BYTES = 1 << 16;

  /** After the data of a member: its checksum and its length. */
  private static final int TRAILER_BYTES = 8;

  private long countAtFill;

  WholeGzip(InputStream in) throws IOException {
    super(new Counted(in), BUFFER_BYTES);
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    countAtFill = counted().count;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    if (read < 0) {
      requireNothingAfter();
    }
    return read;
  }

  /** The trailer, and what was tried as the next member, was in the buffer or was read after it. */
  private void requireNothingAfter() throws IOException {
    long after = inf.getRemaining() + counted().count - countAtFill - TRAILER_BYTES;
    if (after > 0 || in.read() >= 0) {
      throw new ZipException("what is compressed by gzip is followed by other bytes");
    }
  }

  private Counted counted() {
    return (Counted) in;
  }

  /** Counts the bytes that were read. */
  private static final class Counted extends FilterInputStream {

    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
