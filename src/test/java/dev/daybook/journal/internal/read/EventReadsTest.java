package dev.daybook.journal.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.schema.Schema;
import dev.daybook.journal.EventQuery;
import dev.daybook.settings.TableNames;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventReadsTest {

  private static final EventQuery TAGGED = EventQuery.all().taggedAllOf("t");

  @Test
  void a_shape_that_is_kept_stays_kept_when_there_are_too_many_others() throws SQLException {
    EventReads reads = reads();
    EventReads.Read first = reads.of(TAGGED, Long.MAX_VALUE);
    List<EventQuery> others = others();
    others.forEach(other -> reads.of(other, Long.MAX_VALUE));

    EventQuery last = others.get(others.size() - 1);
    assertThat(reads.of(last, Long.MAX_VALUE).once()).as("one too many").isTrue();
    EventReads.Read again = reads.of(TAGGED, Long.MAX_VALUE);
    assertThat(again.once()).isFalse();
    assertThat(again.sql()).isSameAs(first.sql());
  }

  /** Each has another shape, and few enough values to be kept. */
  private static List<EventQuery> others() {
    List<EventQuery> others = new ArrayList<>();
    for (int all = 1; all <= 4; all++) {
      for (int any = 1; any <= 4; any++) {
        for (int none = 0; none <= 8 - all - any; none++) {
          others.add(
              EventQuery.all()
                  .taggedAllOf(names("all", all))
                  .taggedAnyOf(names("any", any))
                  .taggedNoneOf(names("none", none)));
        }
      }
    }
    return others;
  }

  private static String[] names(String prefix, int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = prefix + i;
    }
    return names;
  }

  private static EventReads reads() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      DSLContext dsl = new Schema(TableNames.defaults()).renderer(Databases.dialect(connection));
      return new EventReads(new JournalStatements(dsl), Optional.empty(), dsl);
    }
  }
}
