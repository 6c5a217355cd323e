package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What SQLite has prepared once is not prepared again, wherever it is used. */
final class KeptStatementsTest {

  /** Remembers what was prepared. */
  private static final class Preparing extends DelegatingDataSource {

    private final List<String> prepared = new CopyOnWriteArrayList<>();

    Preparing(DataSource delegate) {
      super(delegate);
    }

    @Override
    protected Connection wrap(Connection connection) {
      return (Connection)
          Proxy.newProxyInstance(
              Preparing.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> {
                if (method.getName().equals("prepareStatement")) {
                  prepared.add((String) args[0]);
                }
                try {
                  return method.invoke(connection, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    List<String> during(Runnable work) {
      prepared.clear();
      work.run();
      return List.copyOf(prepared);
    }
  }

  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");

  @TempDir Path directory;

  private Preparing source;
  private Daybook daybook;

  @BeforeEach
  void open() {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + directory.resolve("kept.db"));
    source = new Preparing(file);
    daybook = Daybook.builder(source).build();
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void writes() {
    Runnable work = () -> write(daybook);

    assertThat(source.during(work)).isNotEmpty();
    assertThat(source.during(work)).isEmpty();
  }

  @Test
  void writes_in_transactions() {
    Runnable work = () -> daybook.transaction(transaction -> write(daybook.within(transaction)));

    assertThat(source.during(work)).isNotEmpty();
    assertThat(source.during(work)).isEmpty();
  }

  private static void write(Repositories store) {
    EncodedEvent event = EncodedEvent.json("counted", "{}");
    store.rawJournal().append("a", ExpectedSeq.any(), event);
    store.rawJournal().append(Append.of("b", ExpectedSeq.any(), event, event));
    store.documents().append("doc", META);
    store.checkpoints().save("reader", 1);
    store.snapshots(String.class).save("a", 1, "state");
  }
}
