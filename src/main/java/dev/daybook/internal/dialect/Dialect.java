package dev.daybook.internal.dialect;

import dev.daybook.DaybookException;
import dev.daybook.OpenException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;

/** The decisions that depend on the database. Stateless. */
public sealed interface Dialect permits SqliteDialect {

  /**
   * The dialect of the database behind a connection.
   *
   * @throws OpenException if it is one that Daybook does not know
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    if (product.toLowerCase(Locale.ROOT).equals("sqlite")) {
      return new SqliteDialect();
    }
    throw new OpenException(
        OpenException.Reason.UNKNOWN_DATABASE,
        "the database is \"%s\"; expected SQLite".formatted(product));
  }

  /** What jOOQ renders for. */
  SQLDialect family();

  /** The folder of this dialect's migrations. */
  String migrations();

  /** Whether no second connection could see this database, so that all work must share this one. */
  boolean isPrivate(Connection connection) throws SQLException;

  /** The settings that the other methods change on a connection, as they are now. */
  ConnectionSettings settings(Connection connection) throws SQLException;

  /**
   * Puts the settings back, outside a transaction: somebody else is going to get the connection.
   */
  void restore(Connection connection, ConnectionSettings settings) throws SQLException;

  /**
   * The first thing on a connection that is to open a database: waits for others as long as the
   * options say, and makes sure that what is there is a database.
   *
   * @throws OpenException if it is none
   */
  void greet(Connection connection, ConnectionOptions options) throws SQLException;

  /**
   * Makes sure that the database can be written, without waiting for whoever is writing now.
   *
   * @throws SQLException if it can't
   */
  void requireWritable(Connection connection, ConnectionOptions options) throws SQLException;

  /**
   * Settings that belong to the database as a whole, once it is migrated; outside a transaction.
   *
   * @throws OpenException if an option can't be honoured
   */
  void configureDatabase(Connection connection, ConnectionOptions options) throws SQLException;

  /** Settings that each connection needs, outside a transaction, before its first statement. */
  void configure(Connection connection, ConnectionOptions options) throws SQLException;

  /** Keeps a connection from writing. */
  void makeReadOnly(Connection connection) throws SQLException;

  /**
   * A number that is another one than at the last look on the same connection if any other
   * connection, of whichever process, has committed in between.
   */
  long changeCounter(Connection connection) throws SQLException;

  /** Begins a transaction that is going to write. */
  Query begin(DSLContext dsl);

  /** Begins a transaction that only reads, and sees one state of the database all along. */
  Query beginRead(DSLContext dsl);

  /**
   * The highest position that was ever given to an event, whether it is still there or not.
   *
   * @param events what the events table is called
   */
  Query highestPosition(DSLContext dsl, String events);

  /** Copies the whole database into an empty file, as it is now, while others go on. */
  void copy(Connection connection, Path to, ConnectionOptions options, CopyProgress progress)
      throws SQLException;

  /** Looks for damage below the rows, and says in words what was found. */
  void checkPages(Connection connection, Consumer<String> damage) throws SQLException;

  /** Looks for broken foreign keys, and says in words what was found. */
  void checkForeignKeys(Connection connection, Consumer<String> damage) throws SQLException;

  /**
   * What a transaction that somebody else began must run before it reads what it is going to write,
   * if the database wants that.
   */
  Optional<Query> claimWrite(DSLContext dsl, Table<?> anyTable);

  /** A failed statement in the words of the library. */
  DaybookException translate(SQLException failure);
}
