package dev.daybook.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.fixture.LibraryClasses;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program whose build has packed all classes again, as shading does: files and no directories.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JarWithoutDirectoriesTest {

  @TempDir private Path directory;

  @Test
  void its_migrations_are_found() throws Exception {
    Path classes = LibraryClasses.directory();
    Path jar = directory.resolve("program.jar");
    pack(classes, jar);
    List<String> classPath = new ArrayList<>(List.of(jar.toString()));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!Path.of(entry).toAbsolutePath().equals(classes)) {
        classPath.add(entry);
      }
    }

    try (JavaProcess process =
        JavaProcess.start(
            JavaProcess.JAVA,
            directory,
            String.join(File.pathSeparator, classPath),
            Program.class,
            directory.resolve("journal.db").toString())) {
      assertThat(process.succeed()).endsWith("version " + MigrationHistory.VERSION + "\n");
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      out.setLevel(0);
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }

  /** Makes a store. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        System.out.printf("version %s%n", daybook.schemaVersion());
      }
    }
  }
}
