package dev.daybook.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of text. On a terminal they have headers, and columns whose widths fit the first rows; a
 * column in which none of these has a value is left out. A row that is longer than a line has its
 * longest texts cut; numbers and times are shown whole. Elsewhere each row is a line, with a tab
 * between its cells.
 */
final class Table {

  /** So many rows are kept before the widths are known. */
  private static final int MEASURED = 100;

  private static final String GAP = "  ";

  /** So many characters of a text are always shown. */
  private static final int LEAST = 8;

  private final PrintStream out;
  private final Terminal terminal;
  private final boolean aligned;
  private final List<List<ResultField>> waiting = new ArrayList<>();
  private List<Integer> widths = List.of();

  /** The same where a row has to be cut. */
  private List<Integer> cutWidths = List.of();

  private int columns;
  private boolean measured;

  Table(Terminal terminal) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.aligned = terminal.isTerminal(Terminal.Stream.OUT);
  }

  void add(Record row) {
    List<ResultField> fields =
        ResultField.of(row).stream().filter(field -> !field.jsonOnly()).toList();
    if (!aligned) {
      out.println(
          fields.stream().map(field -> OneLine.of(field.text())).collect(Collectors.joining("\t")));
      return;
    }
    waiting.add(fields);
    if (measured || waiting.size() == MEASURED) {
      flush();
    }
  }

  /** Prints the rows that were added. */
  void flush() {
    if (!measured && !waiting.isEmpty()) {
      measure();
    }
    waiting.forEach(row -> out.println(line(row, false)));
    waiting.clear();
  }

  private void measure() {
    measured = true;
    List<ResultField> first = waiting.get(0);
    widths = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      int column = i;
      int widest =
          waiting.stream()
              .mapToInt(row -> length(OneLine.of(row.get(column).text())))
              .max()
              .orElse(0);
      widths.add(widest == 0 ? 0 : Math.max(widest, first.get(i).header().length()));
    }
    columns = terminal.columns();
    cutWidths = cut(first);
    out.println(terminal.bold(Terminal.Stream.OUT, line(first, true)));
  }

  /** Takes from the widest texts what is too much, but leaves each a few characters. */
  private List<Integer> cut(List<ResultField> first) {
    List<Integer> cut = new ArrayList<>(widths);
    long shown = cut.stream().filter(width -> width > 0).count();
    long tooMuch =
        cut.stream().mapToInt(width -> width).sum() + (shown - 1) * GAP.length() - columns;
    for (; columns > 0 && tooMuch > 0; tooMuch--) {
      int widest = -1;
      for (int i = 0; i < cut.size(); i++) {
        if (cut.get(i) > Math.max(LEAST, first.get(i).header().length())
            && !first.get(i).isWhole()
            && (widest < 0 || cut.get(i) >= cut.get(widest))) {
          widest = i;
        }
      }
      if (widest < 0) {
        break;
      }
      cut.set(widest, cut.get(widest) - 1);
    }
    return cut;
  }

  private String line(List<ResultField> row, boolean header) {
    boolean cuts = columns > 0 && length(line(row, header, widths, false)) > columns;
    boolean isNarrow = !cutWidths.equals(widths);
    return line(row, header, isNarrow ? cutWidths : widths, cuts || isNarrow);
  }

  private static String line(
      List<ResultField> row, boolean header, List<Integer> widths, boolean cuts) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      int width = widths.get(i);
      if (width > 0) {
        ResultField field = row.get(i);
        String cell = header ? field.header() : OneLine.of(field.text());
        if (cuts && !field.isWhole() && length(cell) > width) {
          cell = cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
        }
        String padding = " ".repeat(Math.max(0, width - length(cell)));
        line.append(field.isNumber() ? padding + cell : cell + padding).append(GAP);
      }
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
