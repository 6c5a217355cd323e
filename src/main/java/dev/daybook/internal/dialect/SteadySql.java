package dev.daybook.internal.dialect;

import java.lang.reflect.Method;
import java.util.stream.Stream;
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
    return dsl.query(DSL.raw("commit"));
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

  /**
   * The DSL's own, found by its name: inside plain SQL jOOQ would not know that a subquery begins,
   * and take its columns for those of an upsert around it.
   */
  public static Condition exists(Select<?> rows) {
    try {
      return (Condition) Exists.METHOD.invoke(null, rows);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of jOOQ has no EXISTS", e);
    }
  }

  /** In its own class, because looking up all methods of the DSL takes a new process 15 ms. */
  private static final class Exists {

    static final Method METHOD =
        Stream.of(DSL.class.getMethods())
            .filter(method -> method.getName().equals("exists"))
            .filter(method -> method.getParameterCount() == 1)
            .filter(method -> method.getParameterTypes()[0].isAssignableFrom(Select.class))
            .findFirst()
            .orElseThrow();

    private Exists() {}
  }
}
