package dev.daybook.internal.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/**
 * SQL that the DSL has no words for. The text has {@code {name}} where a part of the statement
 * stands that the DSL can say, and may have several lines.
 */
public final class PlainSql {

  private final List<QueryPart> parts = new ArrayList<>();
  private String text;

  private PlainSql(String text) {
    this.text = text;
  }

  public static PlainSql of(String text) {
    return new PlainSql(text.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /** Puts a part in each place that has its name. */
  public PlainSql with(String name, QueryPart part) {
    String place = "{" + name + "}";
    if (!text.contains(place)) {
      throw new IllegalArgumentException("there is no %s in: %s".formatted(place, text));
    }
    text = text.replace(place, "{" + parts.size() + "}");
    parts.add(part);
    return this;
  }

  public <T> Field<T> field(Class<T> type) {
    return DSL.field(text, type, parts());
  }

  public Condition condition() {
    return DSL.condition(text, parts());
  }

  public Query query(DSLContext dsl) {
    return dsl.query(text, parts());
  }

  public ResultQuery<Record> resultQuery(DSLContext dsl) {
    return dsl.resultQuery(text, parts());
  }

  private QueryPart[] parts() {
    return parts.toArray(QueryPart[]::new);
  }
}
