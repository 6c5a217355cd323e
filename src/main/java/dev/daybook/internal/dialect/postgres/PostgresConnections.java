package dev.daybook.internal.dialect.postgres;

import dev.daybook.error.OpenException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections to a server. The driver gets its parameters beside a URL that has none, because
 * it writes the URL to its log and into the connection's metadata.
 */
final class PostgresConnections implements DataSource {

  /**
   * How long a server may say nothing while it is waited for: longer than any statement should
   * take, but limited, in case the network is down.
   */
  private static final String LONGEST_SILENCE_SECONDS = "300";

  private static final String THRESHOLD = "prepareThreshold";
  private static final String TARGET = "targetServerType";

  private static final Map<String, String> REFUSED =
      Map.of(
          "maxResultBuffer",
          "the driver would throw away the answer to what it has written; rows are fetched in pieces anyway",
          "replication",
          "such a connection takes no statements of an application's");

  private final Driver driver;
  private final String url;
  private final Properties properties = new Properties();
  private final boolean requiresPrimary;
  private volatile int loginTimeout;

  /**
   * @throws OpenException if the URL has a parameter that the driver does not know
   */
  PostgresConnections(Driver driver, PostgresUrl url) throws SQLException {
    this.driver = driver;
    this.url = url.bare();
    Set<String> known =
        Arrays.stream(driver.getPropertyInfo(this.url, new Properties()))
            .map(property -> property.name)
            .collect(Collectors.toSet());
    properties.setProperty("ApplicationName", "daybook");
    boolean choosesServer = url.servers().contains(",");
    if (choosesServer) {
      properties.setProperty(TARGET, "primary");
    }
    this.requiresPrimary = !choosesServer && !url.parameters().containsKey(TARGET);
    properties.setProperty("socketTimeout", LONGEST_SILENCE_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    int number = 0;
    for (Map.Entry<String, String> parameter : url.parameters().entrySet()) {
      number++;
      requireKnown(known.contains(parameter.getKey()), number);
      requireHonoured(parameter.getKey(), parameter.getValue());
      properties.setProperty(parameter.getKey(), parameter.getValue());
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties all = new Properties();
    all.setProperty("loginTimeout", Integer.toString(loginTimeout));
    all.putAll(properties);
    Connection connection = driver.connect(url, all);
    if (connection == null) {
      throw new SQLException("the driver does not take the URL");
    }
    if (requiresPrimary) {
      requirePrimary(connection);
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the URL names the user");
  }

  /**
   * In seconds. The driver's default is to wait without a limit for a server that does not answer.
   */
  @Override
  public void setLoginTimeout(int seconds) {
    this.loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("the driver logs by itself");
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("no " + type.getName() + " is wrapped here");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  private static void requirePrimary(Connection connection) throws SQLException {
    boolean is = false;
    try {
      PostgresPrimary.require(connection);
      is = true;
    } finally {
      if (!is) {
        connection.abort(Runnable::run);
      }
    }
  }

  private static void requireHonoured(String parameter, String value) {
    String reason =
        parameter.equals(THRESHOLD) && value.startsWith("-")
            ? "a number below 0 makes the driver read all values as binary, whatever they are"
            : REFUSED.get(parameter);
    if (reason != null) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the URL's parameter %s can't be honoured: %s".formatted(parameter, reason));
    }
  }

  /** By its number: of a password with a bare & the rest would be a name. */
  private static void requireKnown(boolean known, int number) {
    if (!known) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "parameter %s of the URL is unknown to PostgreSQL's driver; & inside a value is written %%26"
              .formatted(number));
    }
  }
}
