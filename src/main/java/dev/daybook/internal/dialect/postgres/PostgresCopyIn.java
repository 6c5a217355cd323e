package dev.daybook.internal.dialect.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** {@code COPY … FROM STDIN} in its binary form, of columns that are bigint, text or bytea. */
final class PostgresCopyIn {

  /** What the binary form begins with, then no flags and no extension. */
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final int NULL = -1;
  private static final int END = -1;
  private static final int PIECE = 1 << 16;

  private final CopyIn copy;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream data = new DataOutputStream(bytes);

  private PostgresCopyIn(CopyIn copy) {
    this.copy = copy;
  }

  /** Sends rows of long, string and byte array values; all or none of them are written. */
  static void run(PGConnection connection, String statement, List<List<@Nullable Object>> rows)
      throws SQLException {
    CopyIn copy = connection.getCopyAPI().copyIn(statement);
    try {
      new PostgresCopyIn(copy).send(rows);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void send(List<List<@Nullable Object>> rows) throws SQLException {
    try {
      data.write(SIGNATURE);
      for (List<@Nullable Object> row : rows) {
        data.writeShort(row.size());
        for (Object value : row) {
          write(value);
        }
        if (bytes.size() >= PIECE) {
          flush();
        }
      }
      data.writeShort(END);
      flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(@Nullable Object value) throws IOException {
    if (value == null) {
      data.writeInt(NULL);
    } else if (value instanceof Long number) {
      data.writeInt(Long.BYTES);
      data.writeLong(number);
    } else {
      byte[] content =
          value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
      data.writeInt(content.length);
      data.write(content);
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
    bytes.reset();
  }
}
