package dev.daybook.benchmark;

import dev.daybook.benchmark.free.FreeSide;
import dev.daybook.settings.Synchronous;
import java.util.List;
import java.util.function.Consumer;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Where all sides keep their databases: all that the benchmarks need to know about a kind of
 * database, but for the statements of the references.
 */
interface BenchmarkStore {

  /** The durabilities that are worth telling apart. */
  List<Synchronous> durabilities();

  /** Brings a database that was filled to rest. */
  void settle(String database) throws Exception;

  /** Copies a database that nobody uses, and puts the copy on the disk. */
  void copy(String from, String to) throws Exception;

  /** Deletes a database that nobody uses, if it is there. */
  void delete(String database) throws Exception;

  /** Daybook on a database, made if it is not there. */
  default DaybookSide daybook(String database, Synchronous durability) throws Exception {
    return daybook(database, durability, sql -> {});
  }

  /** The same with somebody who hears of each statement. */
  DaybookSide daybook(String database, Synchronous durability, Consumer<String> sqlListener)
      throws Exception;

  /** How many bytes have been written for its databases, on behalf of this process if it is one. */
  long written() throws Exception;

  /** The reference on a database that Daybook has made. */
  Side reference(String database, Synchronous durability) throws Exception;

  /** The free reference on a database of its own, made if it is not there. */
  FreeSide free(String database, Synchronous durability) throws Exception;

  /** Makes what a database of Daybook's holds anew for the free reference. */
  default void fillFree(Data data) throws Exception {
    try (DaybookSide daybook = daybook(data.name(), Synchronous.NORMAL);
        FreeSide free = free(data.freeName(), Synchronous.NORMAL)) {
      free.fill(daybook.daybook(), data.snapshots());
    }
    settle(data.freeName());
  }

  /** The JDBC URL of a database. */
  String url(String database);

  /** Flyway for a database, which is made if it is not there, with the folder of its migrations. */
  FluentConfiguration flyway(String database) throws Exception;
}
