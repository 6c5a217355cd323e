package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DisturbedSubscriptionConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DisturbedSubscriptionTest {

  @Test
  void closing_a_daybook_does_not_wait_for_ever_for_one_who_is_told_of_news() throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch interrupted = new CountDownLatch(2);
    Daybook daybook = Daybook.inMemory();
    for (int n = 0; n < 2; n++) {
      daybook
          .notifier()
          .onNews(
              position -> {
                inside.countDown();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                }
              });
    }
    daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    Await.reached(inside);

    daybook.close();

    assertThat(interrupted.getCount()).isZero();
  }

  @Nested
  class InAFile extends DisturbedSubscriptionConformance {
    InAFile() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InMemory extends DisturbedSubscriptionConformance {
    InMemory() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class BehindADataSource extends DisturbedSubscriptionConformance {
    BehindADataSource() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
