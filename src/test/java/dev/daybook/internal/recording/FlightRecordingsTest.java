package dev.daybook.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.internal.observation.Observers;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlightRecordingsTest {

  @TempDir private Path directory;

  @Test
  void a_recording_has_appends_groups_reads_handlers_and_leases() throws Exception {
    Path file = directory.resolve("recording.jfr");
    try (Recording recording = new Recording();
        Daybook daybook = Daybook.open(directory.resolve("recorded.db"))) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("before", ExpectedSeq.any(), ParcelEvent.moved(1));
      recording.start();
      journal.append(Append.of("a", ExpectedSeq.any(), ParcelEvent.moved(1), ParcelEvent.moved(2)));
      assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), ParcelEvent.moved(1)))
          .isInstanceOf(ConflictException.class);
      assertThat(journal.read(EventQuery.stream("a"))).hasSize(2);
      Subscriber<ParcelEvent> failing =
          Subscriber.of(
                  "failing",
                  journal,
                  AtLeastOnce.<ParcelEvent>each(
                      event -> {
                        throw new IllegalArgumentException("no");
                      }))
              .onFailure(OnFailure.skip());
      try (Subscription subscription = daybook.subscriptions().start(failing)) {
        Await.position(subscription, 3);
      }
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> recorded = RecordingFile.readAllEvents(file);

    List<RecordedEvent> appends = named(recorded, "daybook.Append");
    assertThat(appends).hasSize(2);
    RecordedEvent first = appends.get(0);
    assertThat(first.getString("stream")).isEqualTo("a");
    assertThat(first.getInt("events")).isEqualTo(2);
    assertThat(first.getString("outcome")).isEqualTo("APPENDED");
    assertThat(first.getDuration()).isPositive();
    assertThat(first.getDuration("waited")).isPositive();
    assertThat(first.getDuration("written")).isPositive();
    assertThat(first.getString("failure")).isNull();
    assertThat(first.getThread().getJavaName()).isEqualTo(Thread.currentThread().getName());
    assertThat(appends.get(1).getString("outcome")).isEqualTo("CONFLICT");
    assertThat(appends.get(1).getString("failure")).isEqualTo(ConflictException.class.getName());

    RecordedEvent group = named(recorded, "daybook.AppendGroup").get(0);
    assertThat(group.getInt("appends")).isOne();
    assertThat(group.getLong("events")).isEqualTo(2);
    assertThat(group.getDuration("written")).isGreaterThan(Duration.ZERO);
    assertThat(named(recorded, "daybook.Read"))
        .extracting(event -> event.getString("kind"))
        .contains("STREAM", "PAGE");
    List<RecordedEvent> handlers = named(recorded, "daybook.Handler");
    RecordedEvent last = handlers.get(handlers.size() - 1);
    assertThat(last.getString("subscription")).isEqualTo("failing");
    assertThat(last.getLong("firstPosition")).isEqualTo(3);
    assertThat(last.getString("failure")).isEqualTo(IllegalArgumentException.class.getName());
    assertThat(named(recorded, "daybook.Subscription"))
        .extracting(event -> event.getString("change"))
        .contains("LEASE_TAKEN", "LEASE_GIVEN_UP", "STOPPED");
  }

  private static List<RecordedEvent> named(List<RecordedEvent> recorded, String name) {
    return recorded.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test
  void nothing_is_told_while_nothing_records() {
    Observers observers = new Observers();
    assertThat(observers.isAny()).isFalse();
    try (Recording recording = new Recording()) {
      recording.enable("daybook.Read");
      recording.start();
      assertThat(observers.isAny()).isTrue();
    }
    Await.until(() -> !observers.isAny());
  }

  /** A program in a runtime without the module. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.inMemory()) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        journal.append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
        System.out.println(
            "%s %s"
                .formatted(
                    journal.read(EventQuery.stream("a")).get(0).data(),
                    ModuleLayer.boot().findModule("jdk.jfr").isPresent()));
      }
    }
  }

  @Test
  void a_runtime_without_the_recorder_has_all_but_recordings() throws Exception {
    try (JavaProcess program =
        JavaProcess.startWith(
            directory, List.of("--limit-modules", "java.se,jdk.unsupported"), Program.class)) {
      assertThat(program.succeed()).contains("Moved[leg=1] false");
    }
  }
}
