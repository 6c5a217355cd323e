package dev.daybook.sqlcatalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue has what runs in each dialect, and says who runs it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatementsThatRunTest {

  /** Those files whose statements all run in the calls of this test. */
  private static final Set<String> COMPLETE =
      Set.of(
          "journal",
          "snapshot",
          "document",
          "checkpoint",
          "stream",
          "load",
          "doctor",
          "verify",
          "transactions");

  /** Runs for a listener that is slower than many appends. */
  private static final String MISSED_BY_A_LISTENER = "places";

  /** Statements for callers who write at the same time. */
  private static final Pattern GROUPS = Pattern.compile("appendMany.*|lockAll|insert");

  @Nested
  class OnSqlite extends OnDialect {
    OnSqlite(@TempDir Path store, @TempDir Path archive) {
      super("sqlite", new SqliteFileFixture(store), new SqliteFileFixture(archive));
    }
  }

  @Nested
  class OnPostgres extends OnDialect {
    OnPostgres() {
      super("postgresql", new PostgresFixture(), new PostgresFixture());
    }
  }

  /** The calls and what they run in one dialect. */
  @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class OnDialect {

    private final List<CatalogueFile> files;
    private final DatabaseFixture store;
    private final DatabaseFixture archive;
    private final HeardStatements heard = new HeardStatements();

    OnDialect(String dialect, DatabaseFixture store, DatabaseFixture archive) {
      this.files = CatalogueFile.of(dialect);
      this.store = store;
      this.archive = archive;
    }

    @BeforeAll
    void run() {
      try (Daybook daybook = store.open(options -> options.sqlListener(heard));
          Daybook other = archive.open(options -> options.sqlListener(heard))) {
        StoreOperations operations = new StoreOperations(daybook, heard);
        operations.useJournal();
        operations.useSnapshots();
        operations.useDocuments();
        operations.useCheckpoints();
        operations.useStreams(other);
        operations.load();
        operations.maintain();
        operations.nest(store.callersDataSource(), store.family());
        if (store.writesInParallel()) {
          operations.readWhatIsHeldBack(store.callersDataSource());
          operations.appendTogether(this::hasHeardAllOfGroups);
        }
        operations.subscribe();
      }
    }

    private static boolean isComplete(CatalogueFile file, CatalogueFile.Statement statement) {
      return COMPLETE.contains(file.name()) && !statement.name().equals(MISSED_BY_A_LISTENER);
    }

    private boolean hasHeardAllOfGroups() {
      return files.stream()
          .flatMap(file -> file.statements().stream())
          .filter(statement -> GROUPS.matcher(statement.name()).matches())
          .allMatch(statement -> heard.has(statement.sql()));
    }

    @AfterAll
    void close() {
      store.close();
      archive.close();
    }

    @Test
    void every_statement_that_runs_is_in_the_catalogue() {
      Set<String> known =
          files.stream()
              .flatMap(file -> file.statements().stream())
              .map(CatalogueFile.Statement::sql)
              .collect(Collectors.toSet());
      assertThat(heard.all().keySet()).isSubsetOf(known);
    }

    @Test
    void every_statement_of_the_catalogue_runs() {
      List<String> silent = new ArrayList<>();
      for (CatalogueFile file : files) {
        file.statements().stream()
            .filter(statement -> isComplete(file, statement) && !heard.has(statement.sql()))
            .forEach(statement -> silent.add(file.name() + ": " + statement.name()));
      }
      assertThat(silent).isEmpty();
    }

    /** But for what runs on threads of its own, or around every transaction. */
    @Test
    void who_runs_a_statement_is_named_there() {
      Map<String, Set<String>> named = new HashMap<>();
      for (CatalogueFile file : files) {
        for (CatalogueFile.Statement statement : file.statements()) {
          named
              .computeIfAbsent(statement.sql(), sql -> new TreeSet<>())
              .addAll(
                  file.name().equals("transactions") ? heard.allCallers() : statement.callers());
        }
      }
      List<String> missing = new ArrayList<>();
      heard
          .all()
          .forEach(
              (sql, callers) -> {
                Set<String> unnamed = new TreeSet<>(callers);
                unnamed.removeAll(named.getOrDefault(sql, Set.of()));
                unnamed.removeAll(Set.of("", "Daybook.transaction"));
                if (!unnamed.isEmpty()) {
                  missing.add(unnamed + ": " + sql);
                }
              });
      assertThat(missing).isEmpty();
    }
  }
}
