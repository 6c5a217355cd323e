package dev.daybook.docs;

import dev.daybook.cli.Run;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the commands of the blocks that are not run, as far as that can be done. */
final class UnrunCommands {

  private static final Set<String> PHASES = Set.of("package", "verify", "install", "test");
  private static final Path RECORDINGS = Path.of("src/main/java/dev/daybook/internal/recording");
  private static final Path SCRIPT = Path.of("src/docs/fast-starts.sh");

  private final String pom;
  private final String script;
  private final String recordings;
  private final List<String> problems = new ArrayList<>();

  UnrunCommands() throws IOException {
    this.pom = Files.readString(Path.of("pom.xml"));
    this.script = Files.readString(SCRIPT);
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> sources = Files.newDirectoryStream(RECORDINGS, "*Event.java")) {
      for (Path source : sources) {
        all.append(Files.readString(source));
      }
    }
    this.recordings = all.toString();
  }

  /** What is wrong with a block. */
  List<String> problems(Block block) {
    problems.clear();
    String lines = String.join("\n", block.code()).replace("\\\n", " ");
    for (String line : lines.split("\n|&&", -1)) {
      List<String> words = List.of(line.replaceFirst(" +# .*", "").strip().split("\\s+"));
      check(words, block);
    }
    return List.copyOf(problems);
  }

  private void check(List<String> words, Block block) {
    String command = words.get(0);
    if (command.equals("mvn")) {
      words.stream().skip(1).forEach(word -> require(isMaven(word), word, block));
    } else if (command.equals("java")) {
      java(words, block);
    } else if (command.equals("unzip")) {
      require(getClass().getResource("/" + words.get(3)) != null, words.get(3), block);
    } else if (command.equals("target/daybook")) {
      require(isCommand(words.get(1)), words.get(1), block);
    } else if (command.equals("daybook")) {
      int print = words.indexOf("--print");
      require(print == 2 && isCommand(words.get(1)), words.get(1), block);
    } else if (command.equals("jfr") || command.equals("jcmd")) {
      for (String word : String.join(",", words).split(",", -1)) {
        require(!word.startsWith("daybook.") || recordings.contains('"' + word + '"'), word, block);
      }
    } else if (command.endsWith(".sh")) {
      require(Files.isExecutable(Path.of(command)), command, block);
    } else {
      require(command.isEmpty() || command.startsWith("#"), command, block);
    }
  }

  private boolean isMaven(String word) {
    if (word.startsWith("-P")) {
      return pom.contains("<id>" + word.substring(2) + "</id>");
    }
    if (word.startsWith("-D")) {
      String property = word.substring(2).replaceFirst("=.*", "");
      return property.equals("skipTests")
          || pom.contains("<" + property + "/>")
          || pom.contains("<" + property + ">");
    }
    return PHASES.contains(word) || Set.of("-q", "-B", "-ntp").contains(word);
  }

  /** Options that the script tries, and commands that the command line has. */
  private void java(List<String> words, Block block) {
    for (String word : words) {
      if (word.startsWith("-X") || word.startsWith("-D")) {
        require(script.contains(word.replaceFirst("=.*", "")), word, block);
      }
    }
    int jar = words.indexOf("-jar");
    if (jar >= 0) {
      String name =
          Path.of(words.get(jar + 1)).getFileName().toString().replaceFirst("\\.jar$", "");
      require(pom.contains("<finalName>" + name + "</finalName>"), words.get(jar + 1), block);
      String command = jar + 2 < words.size() ? words.get(jar + 2) : "\"$@\"";
      require(command.equals("\"$@\"") || isCommand(command), command, block);
    }
  }

  private static boolean isCommand(String word) {
    return Run.of("help").out().contains("\n  " + word + " ");
  }

  private void require(boolean holds, String word, Block block) {
    if (!holds) {
      problems.add(block + ": " + word);
    }
  }
}
