package dev.daybook.internal.dialect;

import dev.daybook.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDBC URL. It may hold a password, so what refuses it repeats no more of it than is harmless.
 */
public sealed interface DatabaseUrl permits PostgresUrl, SqliteUrl {

  /** How a URL that is accepted looks. */
  String EXPECTED = "expected jdbc:postgresql://HOST:PORT/DATABASE or jdbc:sqlite:FILE";

  /**
   * Reads a URL.
   *
   * @throws InvalidInputException if it is none that Daybook knows, or is malformed
   */
  static DatabaseUrl parse(String url) {
    if (url.startsWith(PostgresUrl.PREFIX)) {
      return PostgresUrl.parse(url.substring(PostgresUrl.PREFIX.length()));
    }
    if (url.startsWith(SqliteUrl.PREFIX)) {
      return SqliteUrl.parse(url.substring(SqliteUrl.PREFIX.length()));
    }
    throw new InvalidInputException(
        "\"%s\" is no URL of a database that Daybook knows; %s"
            .formatted(Harmless.part(url), EXPECTED));
  }

  /** What of an unknown URL can be shown: nothing that may be a user, a password or a parameter. */
  final class Harmless {

    private static final Pattern WITHOUT_SECRETS =
        Pattern.compile(
            "(([A-Za-z][A-Za-z0-9+.-]*:)+//[A-Za-z0-9._-]+(:\\d{1,5})?)?[A-Za-z0-9._/-]*");
    private static final Pattern SCHEME = Pattern.compile("(jdbc:)?[A-Za-z][A-Za-z0-9+.-]*:");
    private static final Pattern PARAMETERS = Pattern.compile("[?;#&].*", Pattern.DOTALL);

    private Harmless() {}

    static String part(String url) {
      String head = PARAMETERS.matcher(url).replaceFirst("");
      if (url.indexOf('@') < 0 && WITHOUT_SECRETS.matcher(head).matches()) {
        return head;
      }
      Matcher scheme = SCHEME.matcher(url);
      return scheme.lookingAt() ? scheme.group() + "…" : "…";
    }
  }
}
