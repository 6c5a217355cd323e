package dev.daybook.conformance.hosts;

import jakarta.persistence.EntityManager;
import javax.sql.DataSource;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.jooq.SQLDialect;

/** An application that has JPA as well, by Hibernate. */
interface JpaHostFixture extends HostFixture {

  /** Makes one on a data source. */
  @FunctionalInterface
  interface Maker extends HostFixture.Maker {

    @Override
    JpaHostFixture on(DataSource dataSource, SQLDialect family);
  }

  /** What the framework injects: that of the thread's transaction. */
  EntityManager entityManager();

  /** Inserts an order by plain JDBC, with the framework's own means. */
  void insertOrderByJdbc(long id);

  /** The order is written when Hibernate flushes, at the commit at the latest. */
  default void insertOrderByJpa(long id) {
    entityManager().persist(new OrderRow(id));
  }

  /** What Hibernate calls the database. */
  static String dialect(SQLDialect family) {
    return (family == SQLDialect.SQLITE ? SQLiteDialect.class : PostgreSQLDialect.class).getName();
  }
}
