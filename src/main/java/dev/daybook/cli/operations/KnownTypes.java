package dev.daybook.cli.operations;

import dev.daybook.cli.options.InputFile;
import dev.daybook.error.InvalidInputException;
import dev.daybook.maintenance.TypeCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The types that an application knows, each up to a version, from the lines of a file. */
final class KnownTypes {

  private final Map<String, Integer> versions;

  private KnownTypes(Map<String, Integer> versions) {
    this.versions = versions;
  }

  /**
   * Reads a type a line, and after a space the highest version that is known if that is not 1.
   *
   * @throws InvalidInputException if a version is not a number
   */
  static KnownTypes read(Path file) throws IOException {
    Map<String, Integer> versions = new HashMap<>();
    for (String line : InputFile.text(file, InputStream.nullInputStream()).lines().toList()) {
      String[] words = line.strip().split("\\s+", 2);
      if (!words[0].isEmpty()) {
        versions.put(words[0], words.length == 1 ? 1 : version(line, words[1]));
      }
    }
    return new KnownTypes(versions);
  }

  boolean has(TypeCount stored) {
    return stored.schemaVersion() <= versions.getOrDefault(stored.type(), 0);
  }

  private static int version(String line, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--types has the line \"%s\"; expected a type, and the number of its version"
              .formatted(line));
    }
  }
}
