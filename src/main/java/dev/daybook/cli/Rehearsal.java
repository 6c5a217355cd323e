package dev.daybook.cli;

import dev.daybook.cli.output.Output;
import dev.daybook.cli.output.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs typical commands one after the other, on a new file, and discards what they print. The
 * launcher has Java record what they load, and then tries whether they succeed with what was
 * recorded.
 */
public final class Rehearsal {

  /** No server has this port. The attempt loads most of what a server takes. */
  private static final String NO_SERVER = "jdbc:postgresql://127.0.0.1:1/none";

  private Rehearsal() {}

  /**
   * Ends with the status 0 if all commands have succeeded.
   *
   * @param args the directory for the file, which must not have one of its name
   */
  public static void main(String[] args) {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    ChattyLibraries.silence();
    String db = Path.of(args[0], "rehearsal.db").toString();
    boolean succeeded =
        run("--version")
            && run("help")
            && run("demo", "--db", db)
            && run("append", "order-1", "--db", db, "--type", "T", "--tag", "t", "{}")
            && run("read", "order-1", "--db", db)
            && run("events", "--db", db, "--json")
            && run("streams", "--db", db)
            && run("stats", "--db", db)
            && run("verify", "--db", db)
            && run("doctor", "--db", db)
            && !run("stats", "--db", NO_SERVER);
    System.exit(succeeded ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
  }

  private static boolean run(String... args) {
    PrintStream nowhere =
        new PrintStream(new Output(OutputStream.nullOutputStream()), false, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(InputStream.nullInputStream(), nowhere, nowhere, Map.of()).ofProcess();
    return Main.run(terminal, args) == CommandLine.ExitCode.OK;
  }
}
