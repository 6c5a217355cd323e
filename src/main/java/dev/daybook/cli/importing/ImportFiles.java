package dev.daybook.cli.importing;

import com.github.luben.zstd.ZstdInputStream;
import dev.daybook.cli.options.InputFile;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.JsonFlaw;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several files, one after the other. A file may be a pipe, may be compressed by gzip
 * or Zstandard, and may be a JSON array, whose elements are its lines; its content says so.
 */
final class ImportFiles implements Lines, Closeable {

  /** Stands for the standard input. */
  static final Path STANDARD_INPUT = Path.of("-");

  private static final int PEEKED = 4_096;
  private static final int[] SQLITE = "SQLite format 3\0".chars().toArray();
  private static final String STANDARD_INPUT_NAME = "standard input";

  /** How files may be packed that can't be read, and the bytes at their beginning. */
  private enum OtherPacking {
    BZIP2("bzip2", "bzip2 -dc", "BZh"),
    XZ("xz", "xz -dc", "\u00FD7zXZ\0"),
    ZIP("zip", "unzip -p", "PK\3\4"),
    SEVEN_ZIP("7-Zip", "7z x -so", "7z\u00BC\u00AF'\u001C"),
    LZ4("lz4", "lz4 -dc", "\4\"M\u0018");

    private final String program;
    private final String unpacking;
    private final String beginning;

    OtherPacking(String program, String unpacking, String beginning) {
      this.program = program;
      this.unpacking = unpacking;
      this.beginning = beginning;
    }
  }

  private final InputStream standardInput;
  private final ImportFormat<?> format;
  private final Deque<Path> left;
  private @Nullable CountingStream counted;
  private @Nullable InputStream open;
  private @Nullable NdjsonLines lines;
  private long bytesBefore;

  /**
   * @throws FileNotFoundException if one of the files is missing
   */
  ImportFiles(List<Path> files, InputStream standardInput, ImportFormat<?> format)
      throws FileNotFoundException {
    for (Path file : files) {
      if (!isStandardInput(file)) {
        requireFile(file);
      }
    }
    this.left = new ArrayDeque<>(files);
    this.standardInput = standardInput;
    this.format = format;
  }

  private static void requireFile(Path file) throws FileNotFoundException {
    try {
      InputFile.require(file);
    } catch (FileNotFoundException e) {
      if (file.toString().startsWith("/") && !Files.exists(file)) {
        throw new FileNotFoundException(
            e.getMessage()
                + "; a second JSON Pointer needs its option again, such as --stream PTR --stream PTR");
      }
      throw e;
    }
  }

  static boolean isStandardInput(Path file) {
    return file.equals(STANDARD_INPUT);
  }

  /** How many bytes there are to read; 0 if that is unknown. */
  static long size(List<Path> files) throws IOException {
    long size = 0;
    for (Path file : files) {
      if (isStandardInput(file) || !Files.isRegularFile(file)) {
        return 0;
      }
      size += Files.size(file);
    }
    return size;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    while (true) {
      if (lines == null) {
        if (left.isEmpty()) {
          return null;
        }
        lines = open(left.element());
      }
      byte[] line = lines.next();
      if (line != null) {
        return line;
      }
      bytesBefore = bytesRead();
      close();
      left.remove();
    }
  }

  /**
   * Opens a file.
   *
   * @throws InvalidInputException if it is in another encoding
   */
  private NdjsonLines open(Path file) throws IOException {
    // Not Files.newInputStream, which on Java 17 seeks, and the file may be a pipe.
    InputStream in = isStandardInput(file) ? standardInput : new FileInputStream(file.toFile());
    counted = new CountingStream(in);
    open = counted;
    String name = isStandardInput(file) ? STANDARD_INPUT_NAME : file.toString();
    BufferedInputStream plain =
        new BufferedInputStream(new PieceByPiece(decompressed(counted)), 1 << 16);
    open = plain;
    byte[] beginning = peek(plain);
    if (startsWith(beginning, SQLITE)) {
      throw new InvalidInputException(
          "%s is a SQLite database; expected a file of lines; --db FILE names the store, and --from PROGRAM imports the database of another program"
              .formatted(name));
    }
    for (OtherPacking packing : OtherPacking.values()) {
      if (startsWith(beginning, packing.beginning.chars().toArray())) {
        throw new InvalidInputException(
            "%s is packed by %s; expected lines, or lines compressed by gzip or Zstandard; '%s' unpacks it"
                .formatted(name, packing.program, packing.unpacking));
      }
    }
    Optional<String> encoding = JsonFlaw.byteOrderMark(beginning);
    if (encoding.isPresent() && !encoding.get().equals(JsonFlaw.UTF_8)) {
      throw new InvalidInputException(
          "%s begins with the byte-order mark of %s; expected UTF-8, which iconv makes of it"
              .formatted(name, encoding.get()));
    }
    return new NdjsonLines(name, asLines(plain, beginning), format.maxLineBytes());
  }

  private InputStream asLines(BufferedInputStream plain, byte[] beginning) throws IOException {
    Optional<Character> separator = format.csvSeparator();
    if (separator.isPresent()) {
      return new CsvAsLines(plain, separator.get(), format.maxLineBytes());
    }
    return isArray(beginning) ? new ArrayAsLines(plain) : plain;
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    byte[] beginning = peek(buffered);
    if (startsWith(beginning, 0x1F, 0x8B)) {
      return new WholeGzip(buffered);
    }
    return startsWith(beginning, 0x28, 0xB5, 0x2F, 0xFD) ? WithZstd.read(buffered) : buffered;
  }

  /** In its own class, which is loaded only if it is needed. */
  private static final class WithZstd {

    private WithZstd() {}

    static InputStream read(InputStream in) throws IOException {
      return new ZstdInputStream(in);
    }
  }

  /** The first bytes; less than there are, if there is a failure after them. */
  private static byte[] peek(BufferedInputStream in) throws IOException {
    byte[] beginning = new byte[PEEKED];
    int length = 0;
    in.mark(PEEKED);
    try {
      for (int b = in.read(); b >= 0 && length < PEEKED - 1; b = in.read()) {
        beginning[length++] = (byte) b;
      }
    } catch (IOException e) {
      if (length == 0) {
        throw e;
      }
    }
    in.reset();
    return Arrays.copyOf(beginning, length);
  }

  private static boolean startsWith(byte[] beginning, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= beginning.length || (beginning[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Lines are objects, so that a bracket can begin an array of them only. */
  private static boolean isArray(byte[] beginning) {
    int at = startsWith(beginning, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    while (at < beginning.length && " \t\r\n".indexOf(beginning[at]) >= 0) {
      at++;
    }
    return at < beginning.length && beginning[at] == '[';
  }

  @Override
  public boolean tooLong() {
    return lines != null && lines.tooLong();
  }

  @Override
  public void rest(OutputStream to) throws IOException {
    if (lines != null) {
      lines.rest(to);
    }
  }

  @Override
  public Place place() {
    if (lines != null) {
      return lines.place();
    }
    Path next = left.peek();
    return new Place(next == null ? "" : next.toString(), 0);
  }

  @Override
  public long bytesRead() {
    return bytesBefore + (counted == null ? 0 : counted.count);
  }

  @Override
  public void close() throws IOException {
    if (open != null && open != standardInput) {
      open.close();
    }
    open = null;
    lines = null;
    counted = null;
  }

  /** Says that nothing is available, so that a buffer does not lose what is before a failure. */
  private static final class PieceByPiece extends FilterInputStream {

    PieceByPiece(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  /**
   * Counts what is read, and never says that nothing is left, which gzip believes. It is not read
   * again after its end: on a terminal there would be more than one.
   */
  private static final class CountingStream extends FilterInputStream {

    private long count;
    private boolean ended;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = ended ? -1 : in.read(bytes, from, length);
      ended = read < 0;
      count += Math.max(0, read);
      return read;
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, in.available());
    }
  }
}
