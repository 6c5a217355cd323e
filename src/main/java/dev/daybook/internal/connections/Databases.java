package dev.daybook.internal.connections;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.DatabaseUrl;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.postgres.PostgresDialect;
import dev.daybook.internal.dialect.postgres.PostgresUrl;
import dev.daybook.internal.dialect.sqlite.SqliteDialect;
import dev.daybook.internal.dialect.sqlite.SqliteUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Which database it is. */
public final class Databases {

  private static final Pattern WITHOUT_SECRETS =
      Pattern.compile(
          "(([A-Za-z][A-Za-z0-9+.-]*:)+//[A-Za-z0-9._-]+(:\\d{1,5})?)?[A-Za-z0-9._/-]*");
  private static final Pattern SCHEME = Pattern.compile("(jdbc:)?[A-Za-z][A-Za-z0-9+.-]*:");
  private static final Pattern NOT_A_FILE =
      Pattern.compile("|[A-Za-z][A-Za-z0-9+.-]+:.*|.*password\\s*=.*", Pattern.DOTALL);
  private static final Pattern PARAMETERS = Pattern.compile("[?;#&].*", Pattern.DOTALL);

  /** The properties that keep jOOQ from logging its logo and a tip. */
  private static final List<String> QUIET = List.of("org.jooq.no-logo", "org.jooq.no-tips");

  static {
    renderQuietly();
  }

  private Databases() {}

  /**
   * jOOQ logs its logo and a tip when a process renders its first statement; only properties of the
   * whole process keep it from that. So they are set for as long as that takes.
   */
  private static void renderQuietly() {
    List<String> unset =
        QUIET.stream().filter(property -> System.getProperty(property) == null).toList();
    unset.forEach(property -> System.setProperty(property, "true"));
    try {
      DSL.using(SQLDialect.DEFAULT).render(DSL.inline(1));
    } finally {
      unset.forEach(System::clearProperty);
    }
  }

  /**
   * The dialect of a connection's database.
   *
   * @throws OpenException if it is one that Daybook does not know
   */
  public static Dialect dialect(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "sqlite" -> new SqliteDialect();
      case "postgresql" -> new PostgresDialect();
      default ->
          throw new OpenException(
              OpenException.Reason.UNKNOWN_DATABASE,
              "the database is \"%s\"; expected SQLite or PostgreSQL".formatted(product));
    };
  }

  /** Whether a failure of either database {@linkplain Dialect#isDamage says damage}. */
  public static boolean isDamage(SQLException failure) {
    return new SqliteDialect().isDamage(failure) || new PostgresDialect().isDamage(failure);
  }

  /**
   * Reads a URL, or the path of a SQLite file. A path does not begin with a scheme of two or more
   * letters, and does not look like a list of options with a password.
   *
   * @throws InvalidInputException if it is neither a path nor a URL that Daybook knows, or is
   *     malformed
   */
  public static DatabaseUrl url(String url) {
    if (url.startsWith(PostgresUrl.PREFIX)) {
      return PostgresUrl.parse(url.substring(PostgresUrl.PREFIX.length()));
    }
    if (url.startsWith(SqliteUrl.PREFIX)) {
      return SqliteUrl.parse(url.substring(SqliteUrl.PREFIX.length()));
    }
    if (!NOT_A_FILE.matcher(url).matches()) {
      return SqliteUrl.of(url);
    }
    throw new InvalidInputException(
        "\"%s\" is neither a file nor the URL of a database that Daybook knows; %s"
            .formatted(harmless(url), DatabaseUrl.EXPECTED));
  }

  /** What of an unknown URL can be shown: nothing that may be a user, a password or a parameter. */
  private static String harmless(String url) {
    String head = PARAMETERS.matcher(url).replaceFirst("");
    if (url.indexOf('@') < 0 && WITHOUT_SECRETS.matcher(head).matches()) {
      return head;
    }
    Matcher scheme = SCHEME.matcher(url);
    return scheme.lookingAt() ? scheme.group() + "…" : "…";
  }
}
