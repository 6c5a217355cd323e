package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.benchmark.free.FreeSide;
import dev.daybook.benchmark.free.FreeSqlite;
import dev.daybook.benchmark.reference.JdbcSide;
import dev.daybook.benchmark.reference.SqliteReference;
import dev.daybook.settings.Synchronous;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** SQLite: a database is a file. */
final class SqliteStore implements BenchmarkStore {

  private final Path directory;

  SqliteStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<Synchronous> durabilities() {
    return List.of(Synchronous.FULL, Synchronous.NORMAL);
  }

  /** Whoever closed it last has brought the write-ahead log into the file. */
  @Override
  public void settle(String database) {}

  @Override
  public void copy(String from, String to) throws IOException {
    Files.copy(file(from), file(to), StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel copied = FileChannel.open(file(to), StandardOpenOption.WRITE)) {
      copied.force(true);
    }
  }

  @Override
  public void delete(String database) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(file(database + suffix));
    }
  }

  @Override
  public DaybookSide daybook(
      String database, Synchronous durability, Consumer<String> sqlListener) {
    Daybook daybook =
        Daybook.builder(file(database)).synchronous(durability).sqlListener(sqlListener).build();
    return new DaybookSide(daybook, () -> {});
  }

  /** By this process, as Linux counts them. */
  @Override
  public long written() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("write_bytes:"))
        .mapToLong(line -> Long.parseLong(line.substring("write_bytes:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Side reference(String database, Synchronous durability) throws SQLException {
    return new JdbcSide(new SqliteReference(file(database), durability));
  }

  @Override
  public FreeSide free(String database, Synchronous durability) throws SQLException {
    return new FreeSqlite(file(database), durability);
  }

  @Override
  public String url(String database) {
    return "jdbc:sqlite:" + file(database);
  }

  @Override
  public FluentConfiguration flyway(String database) {
    return Flyway.configure()
        .dataSource(url(database), null, null)
        .locations("classpath:dev/daybook/db-migrations/sqlite");
  }

  private Path file(String database) {
    return directory.resolve(database);
  }
}
