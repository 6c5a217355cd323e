package dev.daybook.internal.schema;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.conf.Settings;

/**
 * What Flyway has written down about the migrations that it has run, read without Flyway: in a new
 * process it takes a quarter of a second to start, and mostly there is nothing to do for it.
 */
final class MigrationHistory {

  /** In the order in which they are run; each dialect has them all. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__journal.sql",
          "V2__snapshot.sql",
          "V3__document.sql",
          "V4__subscription.sql",
          "V5__load.sql");

  /** That of the last script. */
  static final String VERSION = version(SCRIPTS.get(SCRIPTS.size() - 1));

  /** A column that no other table is likely to have. */
  static final String RANK_COLUMN = "installed_rank";

  private static final Field<Long> RANK = field(name(RANK_COLUMN), Long.class);
  private static final Field<String> TYPE = field(name("type"), String.class);
  private static final Field<String> SCRIPT = field(name("script"), String.class);
  private static final Field<Long> CHECKSUM = field(name("checksum"), Long.class);
  private static final Field<Boolean> SUCCESS = field(name("success"), Boolean.class);

  private record Run(String script, long checksum, boolean succeeded) {}

  private final Connection connection;
  private final Dialect dialect;
  private final Name table;
  private final String location;

  /**
   * @param table the name of the table, which must be there when it is read
   * @param location the folder that the scripts are in
   */
  MigrationHistory(Connection connection, Dialect dialect, Name table, String location) {
    this.connection = connection;
    this.dialect = dialect;
    this.table = table;
    this.location = location;
  }

  /** Whether exactly the scripts of this version were run, each as it is now. */
  boolean isCurrent() {
    List<Run> runs = runs();
    boolean current = runs.size() == SCRIPTS.size();
    for (int i = 0; current && i < runs.size(); i++) {
      Run run = runs.get(i);
      String script = SCRIPTS.get(i);
      current = run.succeeded && isOf(script, run);
    }
    return current;
  }

  /** Whether it is that of a store: whether its first script is ours. */
  boolean isOfStore() {
    List<Run> runs = runs();
    return !runs.isEmpty() && isOf(SCRIPTS.get(0), runs.get(0));
  }

  /** The scripts of this version that were not run, in their order. */
  List<String> pending() {
    Set<String> run =
        runs().stream().filter(Run::succeeded).map(Run::script).collect(Collectors.toSet());
    return SCRIPTS.stream().filter(script -> !run.contains(script)).toList();
  }

  /** The rank of the next script. */
  long nextRank() {
    DSLContext dsl = dialect.renderer(new Settings());
    Session session = Session.unheard(connection, dialect);
    try (Execution prepared =
        session.prepareOnce(Script.of(dsl, () -> dsl.select(max(RANK)).from(table(table))))) {
      return 1 + prepared.first(row -> row.numberOrZero(1)).orElse(0L);
    }
  }

  private boolean isOf(String script, Run run) {
    return run.script.equals(script) && run.checksum == checksum(location, script);
  }

  private List<Run> runs() {
    DSLContext dsl = dialect.renderer(new Settings());
    Session session = Session.unheard(connection, dialect);
    try (Execution prepared = session.prepareOnce(Script.of(dsl, () -> query(dsl)))) {
      return prepared.list(row -> new Run(row.text(1), row.numberOrZero(2), row.number(3) == 1));
    }
  }

  /** Without what only says where the history begins. */
  private Query query(DSLContext dsl) {
    return dsl.select(SCRIPT, CHECKSUM, when(SUCCESS.isTrue(), inline(1)).otherwise(inline(0)))
        .from(table(table))
        .where(TYPE.notIn(inline("BASELINE"), inline("SCHEMA")))
        .and(dialect.onPrimary())
        .orderBy(RANK);
  }

  /** As Flyway computes it: of the lines, without what ends them. */
  static long checksum(String location, String script) {
    CRC32 checksum = new CRC32();
    lines(location, script).forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) checksum.getValue();
  }

  /** The lines of a script, with placeholders for the names of tables. */
  static List<String> lines(String location, String script) {
    try (InputStream in = MigrationHistory.class.getResourceAsStream(location + "/" + script)) {
      if (in == null) {
        throw new FileNotFoundException(location + "/" + script);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String version(String script) {
    return script.substring(1, script.indexOf("__"));
  }
}
