package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.error.DatabaseException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A check whose database fails: that is a finding only if it says that something is damaged. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailedCheckTest {

  @TempDir private Path directory;

  /** Fails to prepare the query of one table. */
  private static final class FailingReads extends DelegatingDataSource {

    private final SQLiteErrorCode code;

    FailingReads(DataSource delegate, SQLiteErrorCode code) {
      super(delegate);
      this.code = code;
    }

    @Override
    protected Connection wrap(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              FailingReads.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                if (method.getName().equals("prepareStatement")
                    && args[0].toString().contains("from snapshots")) {
                  throw new SQLiteException(code.message, code);
                }
                try {
                  return method.invoke(connection, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause() == null ? e : e.getCause();
                }
              });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_NOMEM", "SQLITE_IOERR_READ", "SQLITE_INTERRUPT", "SQLITE_FULL"})
  void a_healthy_file_is_not_called_damaged(SQLiteErrorCode code) {
    try (Daybook daybook = failing(code)) {
      assertThatThrownBy(() -> daybook.maintenance().verify())
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("snapshots")
          .hasMessageContaining(code.message)
          .hasRootCauseInstanceOf(SQLiteException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_CORRUPT", "SQLITE_CORRUPT_INDEX"})
  void damage_is_a_finding_and_the_other_checks_go_on(SQLiteErrorCode code) {
    try (Daybook daybook = failing(code)) {
      assertThat(daybook.maintenance().verify().findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.UNREADABLE);
    }
  }

  private Daybook failing(SQLiteErrorCode code) {
    DataSource file = SqliteDataSources.file(directory.resolve("healthy.db"));
    try (Daybook daybook = Daybook.open(file)) {
      FilledStore.fill(daybook);
    }
    return Daybook.open(new FailingReads(file, code));
  }
}
