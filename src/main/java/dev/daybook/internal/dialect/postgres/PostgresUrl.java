package dev.daybook.internal.dialect.postgres;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.Credentials;
import dev.daybook.internal.dialect.DatabaseUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A URL of PostgreSQL's driver, taken apart and checked here: the driver repeats what it can't
 * read, passwords too, in its messages and its log.
 *
 * @param servers {@code HOST:PORT}, several with commas between them; empty for the driver's
 *     default
 * @param database as written in the URL; empty for the driver's default
 * @param parameters what follows the question mark, decoded
 */
public record PostgresUrl(String servers, String database, Map<String, String> parameters)
    implements DatabaseUrl {

  public static final String PREFIX = "jdbc:postgresql:";

  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final String DEFAULT_SERVER = "localhost";
  private static final int DEFAULT_PORT = 5432;
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern SERVER =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+(%\\w+)?])(:\\d{1,5})?");
  private static final Pattern NO_PORT = Pattern.compile("[^:]+|\\[.*]");

  /** What would be a parameter if the question mark was not forgotten. */
  private static final Pattern DATABASE = Pattern.compile("[^\\s/?#&;=@:]*");

  /** Reads what follows the prefix. */
  public static PostgresUrl parse(String rest) {
    int mark = rest.indexOf('?');
    String place = mark < 0 ? rest : rest.substring(0, mark);
    if (place.indexOf('@') >= 0) {
      throw new InvalidInputException(
          "the URL has a user in front of its host, which PostgreSQL's driver does not take; expected jdbc:postgresql://HOST:PORT/DATABASE, and user and password beside it");
    }
    Map<String, String> parameters = mark < 0 ? Map.of() : parameters(rest.substring(mark + 1));
    if (parameters.containsKey("service")) {
      throw new InvalidInputException(
          "the URL names a service of the driver's; expected host, port and database in the URL");
    }
    if (!place.startsWith("//")) {
      String database = place.startsWith("/") ? place.substring(1) : place;
      return new PostgresUrl(DEFAULT_SERVER, database(database), parameters);
    }
    int slash = place.indexOf('/', 2);
    String servers = slash < 0 ? place.substring(2) : place.substring(2, slash);
    return new PostgresUrl(
        servers.isEmpty() ? DEFAULT_SERVER : servers(servers),
        database(slash < 0 ? "" : place.substring(slash + 1)),
        parameters);
  }

  /** What error messages call the database: neither users nor parameters. */
  String name() {
    return Arrays.stream(servers.split(","))
        .map(server -> NO_PORT.matcher(server).matches() ? server + ":" + DEFAULT_PORT : server)
        .collect(Collectors.joining(",", "postgresql://", "/" + database));
  }

  /** The URL without parameters. */
  String bare() {
    return PREFIX + "//" + servers + "/" + database;
  }

  /**
   * The same with credentials that were given beside it.
   *
   * @throws InvalidInputException if it has its own
   */
  public PostgresUrl with(Credentials credentials) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    String user = credentials.user();
    String password = credentials.password();
    if ((user != null && all.put(USER, user) != null)
        || (password != null && all.put(PASSWORD, password) != null)) {
      throw new InvalidInputException(
          "the user or the password is given twice: in the URL and beside it");
    }
    return new PostgresUrl(servers, database, Collections.unmodifiableMap(all));
  }

  /** Without parameters. */
  @Override
  public String toString() {
    return name();
  }

  private static String servers(String servers) {
    for (String server : servers.split(",", -1)) {
      String port = NO_PORT.matcher(server).matches() ? "1" : server.replaceFirst(".*:", "");
      if (!SERVER.matcher(server).matches() || !isPort(Integer.parseInt(port))) {
        throw new InvalidInputException(
            "the URL's host or port is malformed; expected jdbc:postgresql://HOST:PORT/DATABASE with a port from 1 to "
                + HIGHEST_PORT);
      }
    }
    return servers;
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= HIGHEST_PORT;
  }

  private static String database(String name) {
    if (!DATABASE.matcher(name).matches()) {
      throw new InvalidInputException(
          "the URL's database name has a character that must be percent-encoded; parameters follow a question mark");
    }
    return name;
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : text.split("&", -1)) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
      String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw new InvalidInputException("the URL has a parameter twice");
      }
      if (value.toLowerCase(Locale.ROOT).contains(PASSWORD + "=")) {
        throw new InvalidInputException(
            "the URL has a password inside another parameter; expected & between parameters");
      }
    }
    return Collections.unmodifiableMap(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the URL has a parameter with a percent sign that is not followed by two hexadecimal digits");
    }
  }
}
