package dev.daybook.cli.options;

import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the data is that a command writes. */
public final class DataInput {

  @Option(
      names = "--data-file",
      paramLabel = "FILE",
      description = "Read the data from this file. Default: from standard input.")
  private @Nullable Path file;

  public boolean isFile() {
    return file != null;
  }

  /**
   * All of it.
   *
   * @throws InvalidInputException if it is not text in UTF-8
   */
  public String text(Store store) throws IOException {
    if (file == null) {
      return store.terminal().input();
    }
    InputFile.require(file);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("%s is not text in UTF-8".formatted(file));
    }
  }
}
