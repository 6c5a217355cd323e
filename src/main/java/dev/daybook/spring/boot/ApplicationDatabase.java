package dev.daybook.spring.boot;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** Opens the database of a data source. Loaded only where there is one. */
final class ApplicationDatabase {

  private static final String SQLITE = "jdbc:sqlite:";

  private ApplicationDatabase() {}

  /** A SQLite file by its path, so that the pool need not have connections for Daybook. */
  static DaybookBuilder builder(DataSource dataSource) {
    String url = url(dataSource);
    if (url.startsWith(SQLITE)) {
      String file = url.substring(SQLITE.length()).replaceFirst("\\?.*", "");
      if (!file.isEmpty() && !file.startsWith(":") && !file.startsWith("file:")) {
        return Daybook.builder(SQLITE + file);
      }
    }
    return Daybook.builder(own(dataSource));
  }

  /**
   * What is behind Spring's proxies: what Daybook does by itself, it does in no transaction of the
   * thread's, and needs each connection at once. Another kind may choose a user or a tenant, and is
   * left as it is.
   */
  private static DataSource own(DataSource dataSource) {
    DataSource target =
        dataSource instanceof TransactionAwareDataSourceProxy
                || dataSource instanceof LazyConnectionDataSourceProxy
                || dataSource.getClass() == DelegatingDataSource.class
            ? ((DelegatingDataSource) dataSource).getTargetDataSource()
            : null;
    return target == null ? dataSource : own(target);
  }

  /** Empty if it does not answer: the first use of the Daybook says why. */
  private static String url(DataSource dataSource) {
    try {
      String url = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getURL);
      return url == null ? "" : url;
    } catch (MetaDataAccessException e) {
      return "";
    }
  }
}
