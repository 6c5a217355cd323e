package dev.daybook.internal.dialect.postgres;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.daybook.internal.dialect.ManyRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.QueryPart;
import org.jooq.Table;

/** How PostgreSQL writes many rows at once. */
class PostgresRows implements ManyRows {

  private static final String BRIEFLY = "100ms";

  @Override
  public Field<?> settings() {
    // The DSL knows no settings.
    return field(
        "concat(set_config('lock_timeout', {0}, true), set_config('plan_cache_mode', 'force_generic_plan', true))",
        String.class, inline(BRIEFLY));
  }

  @Override
  public Table<?> rows(String alias, List<Name> columns, List<? extends Param<?>> arrays) {
    // The DSL's unnest takes one array.
    String places =
        IntStream.range(0, arrays.size())
            .mapToObj(place -> "{" + place + "}")
            .collect(Collectors.joining(", "));
    List<Name> names = new ArrayList<>(columns);
    names.add(ORDINAL);
    return table("unnest(" + places + ") with ordinality", arrays.toArray(QueryPart[]::new))
        .as(name(alias), names.toArray(Name[]::new));
  }
}
