package dev.daybook.cli.output;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.cli.output.JsonLines.Writing;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints the results of a command: as JSON, one object a line, or as text. A result is a record,
 * whose components are the names and values of the object, in their order. An empty {@code
 * Optional} is left out.
 */
public final class ResultPrinter {

  private static final int ROWS_BETWEEN_CHECKS = 256;

  private final Terminal terminal;
  private final PrintStream out;
  private final boolean json;
  private @Nullable Table table;
  private long rows;

  public ResultPrinter(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.json = json;
  }

  boolean isJson() {
    return json;
  }

  boolean isForPeople() {
    return !json && terminal.isTerminal(Terminal.Stream.OUT);
  }

  /** Prints a result: as an object, or as this sentence. */
  public void print(Record result, String sentence) {
    if (json) {
      JsonLines.print(out, result);
    } else {
      out.println(sentence);
    }
  }

  /** Prints a result: as an object, or as text with a line for each component that has a value. */
  public void printLines(Record result) {
    if (json) {
      JsonLines.print(out, result);
      return;
    }
    for (ResultField field : ResultField.of(result)) {
      if (field.value().isPresent()) {
        out.println((isForPeople() ? "%-14s %s" : "%s\t%s").formatted(field.name(), field.text()));
      }
    }
  }

  /**
   * Prints one of several results: as an object, or as a row of a table.
   *
   * @return whether the output may still be read; {@code false} soon after a pipe was closed
   */
  @CanIgnoreReturnValue
  public boolean printRow(Record row) {
    return printRow(row, row);
  }

  /** The same where the object is another one than the row. */
  @CanIgnoreReturnValue
  public boolean printRow(Record object, Record row) {
    if (json) {
      return printJson(generator -> JsonLines.write(generator, object));
    }
    if (table == null) {
      table = new Table(terminal);
    }
    table.add(row);
    return isRead();
  }

  /** Prints text below the last row of a table. */
  public void printBelow(String text) {
    if (table != null) {
      table.flush();
      out.println(text);
    }
  }

  /** Prints what is a line of JSON already. */
  boolean printLine(String json) {
    out.println(json);
    return isRead();
  }

  boolean printJson(Writing line) {
    JsonLines.print(out, line);
    return isRead();
  }

  /** Asking flushes, so not for every line. */
  boolean isRead() {
    rows++;
    return rows % ROWS_BETWEEN_CHECKS != 0 || !out.checkError();
  }

  /** Writes what was printed; returns whether that succeeded. */
  @CanIgnoreReturnValue
  public boolean flush() {
    if (table != null) {
      table.flush();
    }
    return !out.checkError();
  }

  /** How many were there before. */
  public static String alreadyThere(long count) {
    return count == 1 ? "1 was there already" : count + " were there already";
  }

  /** So many of something, for people. */
  public static String count(long number, String noun) {
    return "%s %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
