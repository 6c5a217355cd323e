package dev.daybook.internal.statements;

import dev.daybook.error.DaybookException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/** One use of statements that go together: set their parameters, run them, close them. */
public final class PreparedTogether implements Parameters, AutoCloseable {

  private final Session session;
  private final RenderedTogether rendered;
  private final List<Prepared> all;
  private final boolean commits;

  /**
   * @param all which are run in this order; one, if all go as one text
   * @param commits whether they are a transaction by themselves, which has to be begun for them; if
   *     all go as one text, that ends with the commit
   */
  PreparedTogether(
      Session session, RenderedTogether rendered, List<Prepared> all, boolean commits) {
    this.session = session;
    this.rendered = rendered;
    this.all = all;
    this.commits = commits;
  }

  @Override
  public <T> PreparedTogether set(Param<T> param, @Nullable T value) {
    return setIn(param, each -> each.set(param, value));
  }

  @Override
  public PreparedTogether set(Param<Long> param, long value) {
    return setIn(param, each -> each.set(param, value));
  }

  @Override
  public PreparedTogether set(Param<Long[]> param, long[] values) {
    return setIn(param, each -> each.set(param, values));
  }

  private PreparedTogether setIn(Param<?> param, Consumer<Prepared> setting) {
    boolean found = false;
    for (Prepared each : all) {
      if (each.has(param)) {
        setting.accept(each);
        found = true;
      }
    }
    if (!found) {
      throw new IllegalArgumentException("no such parameter in: " + rendered);
    }
    return this;
  }

  /** Runs them, and says how many rows the last one wrote. */
  public int update() {
    return run(Prepared::update, Prepared::updateAt);
  }

  /** Runs them, and reads the rows of the last one. */
  public <T> List<T> list(RowReader<T> reader) {
    return run(last -> last.list(reader), (last, at) -> last.listAt(at, reader));
  }

  /** Reads all rows of a query. */
  <T> List<T> list(Reading<T> reading) {
    try (ResultSet result = begin(reading, false)) {
      return Row.all(session, result, reading.rows(), reading.within());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Runs a query whose rows are read one by one, and hands over the answer to what is asked along
   * with it.
   *
   * @param inPieces whether some rows at a time are to be fetched
   */
  ResultSet begin(Reading<?> reading, boolean inPieces) throws SQLException {
    Consumer<Optional<Row>> answered = row -> reading.answered().accept(session, row);
    if (all.size() < rendered.statements().size()) {
      rendered.statements().forEach(session::announce);
      return all.get(0).queryJoined(reading.query(), inPieces, answered);
    }
    List<Prepared> before = all.subList(0, reading.query());
    List<Prepared> behind = all.subList(reading.query() + 1, all.size());
    before.forEach(question -> question.ask(answered));
    ResultSet result = all.get(reading.query()).query(inPieces);
    try {
      behind.forEach(question -> question.ask(answered));
      return result;
    } catch (Throwable e) {
      Cleaning.after(e, result::close);
      throw e;
    }
  }

  Session session() {
    return session;
  }

  /** A failure of these in the library's own words; none of them is used again. */
  DaybookException failure(SQLException failure) {
    all.forEach(Prepared::giveUp);
    return session.failure(failure);
  }

  private interface AtPlace<T> {
    T run(Prepared joined, int place);
  }

  private <T> T run(Function<Prepared, T> last, AtPlace<T> joined) {
    return commits ? session.committing(() -> runAll(last, joined)) : runAll(last, joined);
  }

  private <T> T runAll(Function<Prepared, T> last, AtPlace<T> joined) {
    int place = rendered.statements().size() - 1;
    if (all.size() <= place) {
      rendered.statements().forEach(session::announce);
      return joined.run(all.get(0), place);
    }
    all.subList(0, place).forEach(Prepared::run);
    return last.apply(all.get(place));
  }

  @Override
  public void close() {
    if (all.size() == 1) {
      all.get(0).close();
    } else {
      Cleaning.all(all.stream().<Runnable>map(each -> each::close).toList());
    }
  }
}
