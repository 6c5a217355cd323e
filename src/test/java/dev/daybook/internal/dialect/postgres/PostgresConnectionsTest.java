package dev.daybook.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.internal.connections.Databases;
import java.lang.reflect.Proxy;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the driver is given beside a URL. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresConnectionsTest {

  private static final String URL = "jdbc:postgresql://localhost/app";

  @Test
  void nobody_waits_for_ever_for_a_server_that_says_nothing() throws SQLException {
    assertThat(given(URL)).containsEntry("socketTimeout", "300").containsEntry("loginTimeout", "7");
  }

  @Test
  void what_the_url_says_goes_before() throws SQLException {
    assertThat(given(URL + "?socketTimeout=30&loginTimeout=3"))
        .containsEntry("socketTimeout", "30")
        .containsEntry("loginTimeout", "3");
  }

  private static Properties given(String url) throws SQLException {
    Driver real = new org.postgresql.Driver();
    Properties given = new Properties();
    Driver driver =
        (Driver)
            Proxy.newProxyInstance(
                PostgresConnectionsTest.class.getClassLoader(),
                new Class<?>[] {Driver.class},
                (proxy, method, args) -> {
                  if (!method.getName().equals("connect")) {
                    return method.invoke(real, args);
                  }
                  given.putAll((Properties) args[1]);
                  return null;
                });
    PostgresConnections connections =
        new PostgresConnections(driver, (PostgresUrl) Databases.url(url));
    connections.setLoginTimeout(7);
    assertThatThrownBy(connections::getConnection).hasMessageContaining("does not take the URL");
    return given;
  }
}
