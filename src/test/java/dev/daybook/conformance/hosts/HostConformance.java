package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;

import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A Daybook that takes part in the transactions of a host: the user's code has only the
 * repositories and what the host gives.
 */
abstract class HostConformance extends SharedDatabaseConformance {

  static final ParcelEvent UNLUCKY = moved(13);

  final HostFixture.Maker hosts;
  private final List<HostFixture> applications = new ArrayList<>();
  HostFixture host;

  HostConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind);
    this.hosts = hosts;
  }

  @BeforeEach
  void connect() {
    begin(database.callersDataSource());
  }

  @AfterEach
  void endApplications() {
    applications.forEach(HostFixture::close);
  }

  /** Lets the host begin its transactions on a data source from now on. */
  final void begin(DataSource dataSource) {
    host = application(dataSource);
    daybook = open(options -> options.transactions(host.host()).busyTimeout(NO_WAIT));
    journal = daybook.journal(ParcelEvent.class);
    journal.onAppend(heard);
  }

  /** Another application, which ends after the test. */
  final HostFixture application(DataSource dataSource) {
    HostFixture application = hosts.on(dataSource, database.family());
    applications.add(application);
    return application;
  }

  /** Another database of the same kind. */
  final DatabaseFixture another() {
    try {
      return kind.makeEmpty(Files.createDirectory(directory.resolve("another")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ExpectedSeq any() {
    return ExpectedSeq.any();
  }

  final void append(String streamId, int leg) {
    journal.append(streamId, ExpectedSeq.exactly(leg - 1), moved(leg));
  }

  /** A journal with a projection that the host writes, and that fails at one event. */
  final Journal<ParcelEvent> inline() {
    return daybook
        .subscriptions()
        .inline(
            Subscriber.of(
                "orders",
                journal,
                ExactlyOnce.each(
                    (transaction, event) -> {
                      host.insertOrder(100 + event.seq());
                      if (event.data().equals(UNLUCKY)) {
                        throw new IllegalStateException("unlucky");
                      }
                    })));
  }
}
