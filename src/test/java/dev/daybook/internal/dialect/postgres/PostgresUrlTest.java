package dev.daybook.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.internal.connections.Databases;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of a URL is what the driver would have read there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:app",
        "jdbc:postgresql://localhost/",
        "jdbc:postgresql://localhost/app",
        "jdbc:postgresql://db.example_1:6543/app",
        "jdbc:postgresql://[::1]:6543/app",
        "jdbc:postgresql://[::1]/app",
        "jdbc:postgresql://one:1,two/app?targetServerType=primary",
        "jdbc:postgresql://localhost/an%20app?user=ann&password=a%26b%3D+c%C3%B6&ssl=true",
        "jdbc:postgresql://localhost/app?user=ann@corp&password=p?;@/#&&ssl",
      })
  void the_driver_reads_the_parts_as_it_reads_the_whole(String url) throws SQLException {
    PostgresUrl parts = (PostgresUrl) Databases.url(url);
    Properties beside = new Properties();
    beside.putAll(parts.parameters());

    assertThat(read(parts.bare(), beside))
        .containsKey("PGHOST")
        .isEqualTo(read(url, new Properties()));
    assertThat(parts.bare()).doesNotContain("?");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/app?user=u&password=p, postgresql://h:5432/app",
    "jdbc:postgresql:app, postgresql://localhost:5432/app",
    "jdbc:postgresql:, postgresql://localhost:5432/",
    "jdbc:postgresql:/, postgresql://localhost:5432/",
    "jdbc:postgresql:///app, postgresql://localhost:5432/app",
    "jdbc:postgresql://[::1]/app, postgresql://[::1]:5432/app",
    "'jdbc:postgresql://a:1,b/app', 'postgresql://a:1,b:5432/app'",
    "jdbc:postgresql://h, postgresql://h:5432/",
  })
  void the_name_is_host_port_and_database(String url, String name) {
    PostgresUrl parts = (PostgresUrl) Databases.url(url);

    assertThat(parts.name()).isEqualTo(name);
    assertThat(parts).hasToString(name);
  }

  private static Map<String, String> read(String url, Properties beside) throws SQLException {
    Map<String, String> values = new TreeMap<>();
    for (DriverPropertyInfo property : DriverManager.getDriver(url).getPropertyInfo(url, beside)) {
      if (property.value != null) {
        values.put(property.name, property.value);
      }
    }
    return values;
  }
}
