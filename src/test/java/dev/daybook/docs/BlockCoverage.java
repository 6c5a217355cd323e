package dev.daybook.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the blocks of code that no test looks at. */
final class BlockCoverage {

  /** Of SQL, by the names of blocks: which test runs it. */
  static final Set<String> SQL = Set.of("grants", "end-session", "look-into");

  private static final Path TESTS = Path.of("src/test/java/dev/daybook/docs");

  private BlockCoverage() {}

  /** Of the blocks of pages, in their order, those that have a language and no test. */
  static List<Block> untested(List<Block> blocks) throws IOException {
    List<Block> untested = new ArrayList<>();
    Block before = null;
    for (Block block : blocks) {
      boolean tested =
          switch (block.language()) {
            case "" -> true;
            case "java" -> JavaBlocks.problem(block).isEmpty();
            case "sh" ->
                ShellBlocks.isRun(block) || ShellBlocks.NOT_RUN.containsKey(block.marker());
            case "sql" -> SQL.contains(block.marker());
            case "xml" -> ManualDependenciesTest.isDependencies(block);
            case "mermaid" -> ManualPictureTest.isFlowchart(block);
            case "text" ->
                block.isNamedOutput()
                    ? isAskedFor(block.outputName())
                    : before != null
                        && before.page().equals(block.page())
                        && ShellBlocks.isRun(before);
            default -> false;
          };
      if (!tested) {
        untested.add(block);
      }
      before = block;
    }
    return untested;
  }

  /** Whether a test compares an output of this name. */
  private static boolean isAskedFor(String name) throws IOException {
    try (Stream<Path> tests = Files.list(TESTS)) {
      for (Path test : tests.filter(Files::isRegularFile).toList()) {
        if (Files.readString(test).replaceAll("\\s", "").contains(",\"" + name + "\")")) {
          return true;
        }
      }
    }
    return false;
  }
}
