package dev.daybook.conformance;

import java.util.List;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** An application's own table, which is written in one transaction with events. */
public record Orders(SQLDialect family) {

  private static final Table<?> TABLE = DSL.table(DSL.name("orders"));
  private static final Field<Long> ID = DSL.field(DSL.name("id"), Long.class);

  /** Makes the table, with order 1 in it. */
  public void create(Configuration transaction) {
    DSL.using(transaction).createTable(TABLE).column(ID).primaryKey(ID).execute();
    insert(transaction, 1);
  }

  public void insert(Configuration transaction, long id) {
    DSL.using(transaction).insertInto(TABLE, ID).values(id).execute();
  }

  public List<Long> all(Configuration transaction) {
    return DSL.using(transaction).select(ID).from(TABLE).orderBy(ID).fetch(ID);
  }

  /** Fails, and the transaction with it: on PostgreSQL by any failure, on SQLite by some. */
  public void giveUp(Configuration transaction) {
    String insert = family == SQLDialect.SQLITE ? "insert or rollback" : "insert";
    DSL.using(transaction).execute(insert + " into orders (id) values (1)");
  }
}
