package dev.daybook.internal.dialect;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Statements that jOOQ's DSL has words for, but with other types in each of its versions: a jar
 * that was compiled against one finds no such method in the next. These words are the same in all
 * that the jar runs on.
 */
public final class SteadySql {

  private SteadySql() {}

  public static Query commit(DSLContext dsl) {
    return dsl.query("commit");
  }

  public static Query savepoint(DSLContext dsl, String name) {
    return dsl.query("savepoint {0}", DSL.name(name));
  }

  public static Query releaseSavepoint(DSLContext dsl, String name) {
    return dsl.query("release savepoint {0}", DSL.name(name));
  }

  public static Query rollbackTo(DSLContext dsl, String name) {
    return dsl.query("rollback to savepoint {0}", DSL.name(name));
  }

  public static Condition exists(Select<?> rows) {
    return DSL.condition("exists ({0})", rows);
  }
}
