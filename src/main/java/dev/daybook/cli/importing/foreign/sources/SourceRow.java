package dev.daybook.cli.importing.foreign.sources;

import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a source.
 *
 * @param table the table that it is in
 * @param id the stream or the document that it is of
 * @param seq its number there
 * @param place its number among all rows of its table, in the order in which they were written
 * @param content what it says; {@code null} if it can't be imported
 * @param flaw why it can't be imported; {@code null} if it can
 */
public record SourceRow<T>(
    String table, String id, long seq, long place, @Nullable T content, @Nullable String flaw) {

  /** Makes what a row says. */
  interface Reading<T> {

    /**
     * Reads.
     *
     * @throws InvalidInputException if the row can't be imported, saying why
     * @throws IOException if the row has JSON that can't be read
     */
    T read() throws IOException;
  }

  /** A row as it can be read. */
  static <T> SourceRow<T> of(String table, String id, long seq, long place, Reading<T> reading) {
    try {
      return new SourceRow<>(table, id, seq, place, reading.read(), null);
    } catch (InvalidInputException e) {
      return new SourceRow<>(table, id, seq, place, null, e.getMessage());
    } catch (IOException e) {
      return new SourceRow<>(table, id, seq, place, null, JsonParts.problem(e));
    }
  }

  public boolean isBad() {
    return content == null;
  }

  /** What it says, of a row that can be imported. */
  public T good() {
    return Objects.requireNonNull(content);
  }

  /** Names the row. */
  public String key() {
    return seq < 0 ? id : id + "/" + seq;
  }
}
