package dev.daybook.benchmark;

import java.math.BigDecimal;
import java.nio.file.Path;

/**
 * A process that does one thing and ends, to be timed as a whole: {@code daybook FILE} opens a
 * file, which is made if it is missing, appends an event and reads its stream; {@code by-hand FILE}
 * does the same work with the libraries that Daybook uses; {@code flyway FILE} runs Daybook's
 * migrations and nothing else. The classes of each are loaded by its word alone.
 */
public final class ColdStart {

  /** What is appended and read. */
  public sealed interface Account {}

  /** The one event. */
  public record Paid(String owner, BigDecimal amount) implements Account {}

  private ColdStart() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    int found =
        switch (args[0]) {
          case "daybook" -> ColdDaybook.appendAndRead(file);
          case "by-hand" -> ColdByHand.appendAndRead(file);
          case "flyway" -> ColdFlyway.migrate(file);
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.println(found);
  }
}
