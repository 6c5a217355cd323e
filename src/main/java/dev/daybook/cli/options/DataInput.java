package dev.daybook.cli.options;

import java.io.IOException;
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
   * @throws dev.daybook.error.InvalidInputException if it is not text in UTF-8
   */
  public String text(Store store) throws IOException {
    return InputFile.text(file, store.terminal().in());
  }
}
