package dev.daybook.journal.internal;

import dev.daybook.internal.sql.RequestWriter;
import dev.daybook.internal.sql.Session;
import dev.daybook.journal.Appended;
import java.util.List;

/** Writes the appends of all journals of one Daybook. */
final class AppendWriter implements RequestWriter<AppendRequest<?>> {

  private final JournalStore store;

  AppendWriter(JournalStore store) {
    this.store = store;
  }

  @Override
  public void write(Session session, List<AppendRequest<?>> requests) {
    Appender appender = new Appender(session, store.statements(), store.writer(), store.now());
    announce(session, appender.run(requests));
  }

  /** One stream, no key to look for, and nothing that depends on an unknown place. */
  @Override
  public boolean fitsOneStatement(AppendRequest<?> request) {
    return store.parallelWriter().isPresent() && StatementAppender.takes(request);
  }

  @Override
  public boolean writeAtOnce(Session session, AppendRequest<?> request) {
    StatementAppender appender = new StatementAppender(store.now());
    appender.add(request);
    boolean written = appender.writeOne(session, parallelWriter());
    announce(session, appender.appended());
    return written;
  }

  @Override
  public List<AppendRequest<?>> writeManyAtOnce(Session session, List<AppendRequest<?>> requests) {
    StatementAppender appender = new StatementAppender(store.now());
    requests.forEach(appender::add);
    List<AppendRequest<?>> written = appender.writeAll(session, parallelWriter());
    announce(session, appender.appended());
    return written;
  }

  private ParallelWriter parallelWriter() {
    return store.parallelWriter().orElseThrow();
  }

  private void announce(Session session, List<Appended> appended) {
    if (!appended.isEmpty()) {
      session.commitActions().add(store.announcing(appended));
    }
  }
}
