package dev.daybook.sqlcatalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository's part of the catalogue, on a store with tens of thousands of rows: which statements
 * there are, once for all dialects, and what their plans must be in each.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class CatalogueTest {

  private final String file;
  private final String repository;

  /**
   * @param file the name of the catalogue's files, without the ending
   * @param repository what the files' first line says: who runs this
   */
  protected CatalogueTest(String file, String repository) {
    this.file = file;
    this.repository = repository;
  }

  /** Adds every statement that is run in the dialect of the renderer. */
  protected abstract void addStatements(SqlCatalogue catalogue, DSLContext dsl);

  /** Says which public methods and commands run them. */
  protected abstract void addCallers(SqlCatalogue catalogue);

  protected abstract void expectOnSqlite(SqlCatalogue catalogue);

  protected abstract void expectOnPostgres(SqlCatalogue catalogue);

  @Nested
  class OnSqlite extends CheckedCatalogue {
    OnSqlite(@TempDir Path directory) throws SQLException, IOException {
      super(SeededStore.onSqlite(directory), CatalogueTest.this::ofSqlite);
    }
  }

  /** When the planner knows how many rows there are. */
  @Nested
  class OnSqliteAfterAnalyze extends CheckedCatalogue {
    OnSqliteAfterAnalyze(@TempDir Path directory) throws SQLException, IOException {
      super(SeededStore.onSqlite(directory).analyzed(), CatalogueTest.this::ofSqlite);
    }
  }

  @Nested
  class OnPostgres extends CheckedCatalogue {
    OnPostgres() throws SQLException {
      super(SeededStore.onPostgres(), CatalogueTest.this::ofPostgres);
    }

    /** A proxy that balances the load may send any statement to any server. */
    @Test
    void whoever_reads_is_answered_by_the_primary_or_not_at_all() {
      catalogue.checkThatReadsContain("pg_is_in_recovery()");
    }
  }

  private SqlCatalogue ofSqlite(DSLContext dsl) {
    SqlCatalogue catalogue = catalogue("SQLite", dsl);
    expectOnSqlite(catalogue);
    return catalogue;
  }

  private SqlCatalogue ofPostgres(DSLContext dsl) {
    SqlCatalogue catalogue = catalogue("PostgreSQL", dsl);
    expectOnPostgres(catalogue);
    return catalogue;
  }

  private SqlCatalogue catalogue(String database, DSLContext dsl) {
    SqlCatalogue catalogue =
        new SqlCatalogue(
            "What %s runs on %s, and how %2$s runs it.".formatted(repository, database), file);
    addStatements(catalogue, dsl);
    addCallers(catalogue);
    return catalogue;
  }
}
