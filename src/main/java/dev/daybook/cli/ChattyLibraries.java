package dev.daybook.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Libraries that log what nobody who runs a command wants to read. */
final class ChattyLibraries {

  /** Kept, because a logger that nobody holds forgets its level. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("org.flywaydb"),
          Logger.getLogger("org.jooq"),
          Logger.getLogger("org.postgresql"));

  private ChattyLibraries() {}

  static void silence() {
    for (Logger logger : LOGGERS) {
      logger.setLevel(Level.SEVERE);
    }
  }
}
