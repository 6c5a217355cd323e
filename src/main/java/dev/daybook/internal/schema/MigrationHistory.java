package dev.daybook.internal.schema;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
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
import java.util.zip.CRC32;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;

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

  private static final Field<Long> RANK = field(name("installed_rank"), Long.class);
  private static final Field<String> TYPE = field(name("type"), String.class);
  private static final Field<String> SCRIPT = field(name("script"), String.class);
  private static final Field<Long> CHECKSUM = field(name("checksum"), Long.class);
  private static final Field<Boolean> SUCCESS = field(name("success"), Boolean.class);

  private record Run(String script, long checksum, boolean succeeded) {}

  private final Connection connection;
  private final Dialect dialect;
  private final Schema schema;
  private final String location;

  /**
   * @param schema whose history it is; the table must be there when it is read
   * @param location the folder that the scripts are in
   */
  MigrationHistory(Connection connection, Dialect dialect, Schema schema, String location) {
    this.connection = connection;
    this.dialect = dialect;
    this.schema = schema;
    this.location = location;
  }

  /** Whether exactly the scripts of this version were run, each as it is now. */
  boolean isCurrent() {
    List<Run> runs = runs();
    boolean current = runs.size() == SCRIPTS.size();
    for (int i = 0; current && i < runs.size(); i++) {
      Run run = runs.get(i);
      String script = SCRIPTS.get(i);
      current = run.succeeded && run.script.equals(script) && run.checksum == checksum(script);
    }
    return current;
  }

  private List<Run> runs() {
    DSLContext dsl = schema.renderer(dialect);
    Session session = Session.unheard(connection, dialect);
    try (Execution prepared = session.prepareOnce(Script.of(dsl, () -> query(dsl)))) {
      return prepared.list(row -> new Run(row.text(1), row.numberOrZero(2), row.number(3) == 1));
    }
  }

  /** Without what only says where the history begins. */
  private Query query(DSLContext dsl) {
    return dsl.select(SCRIPT, CHECKSUM, when(SUCCESS.isTrue(), inline(1)).otherwise(inline(0)))
        .from(table(schema.name(schema.history())))
        .where(TYPE.notIn(inline("BASELINE"), inline("SCHEMA")))
        .and(dialect.onPrimary())
        .orderBy(RANK);
  }

  /** As Flyway computes it: of the lines, without what ends them. */
  private long checksum(String script) {
    CRC32 checksum = new CRC32();
    try (InputStream in = getClass().getResourceAsStream(location + "/" + script)) {
      if (in == null) {
        throw new FileNotFoundException(location + "/" + script);
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) checksum.getValue();
  }

  private static String version(String script) {
    return script.substring(1, script.indexOf("__"));
  }
}
