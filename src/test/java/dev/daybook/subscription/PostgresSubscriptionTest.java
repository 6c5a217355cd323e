package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.CallbackConformance;
import dev.daybook.conformance.DeletedEventsConformance;
import dev.daybook.conformance.DisturbedSubscriptionConformance;
import dev.daybook.conformance.ExactlyOnceConformance;
import dev.daybook.conformance.FailingEventConformance;
import dev.daybook.conformance.InlineProjectionConformance;
import dev.daybook.conformance.InlineTransactionConformance;
import dev.daybook.conformance.LeaseConformance;
import dev.daybook.conformance.NotifierConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SubscriptionConformance;
import dev.daybook.conformance.SubscriptionControlConformance;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSubscriptionTest {

  @Nested
  class AtLeastOnce extends SubscriptionConformance {
    AtLeastOnce() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Controlling extends SubscriptionControlConformance {
    Controlling() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ExactlyOnce extends ExactlyOnceConformance {
    ExactlyOnce() {
      super(directory -> new PostgresFixture());
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void another_transaction_that_only_the_commit_finds_in_the_way_is_not_the_handlers(String state)
        throws Exception {
      appendMoves("a", 2);
      daybook.transaction(transaction -> failFirstCommits(transaction, state));
      runToTheEnd(
          subscriber(
                  dev.daybook.subscription.ExactlyOnce.each(
                      (transaction, event) -> {
                        apply(transaction, event);
                        DSL.using(transaction).execute("insert into written values (1)");
                      }))
              .onFailure(OnFailure.park().withoutRetries()));

      assertThat(applied()).containsExactly(1L, 2L);
      assertThat(daybook.subscriptions().deadLetters("parcels")).isEmpty();
    }

    /** What a sequence has given is not rolled back. */
    private static void failFirstCommits(Configuration transaction, String state) {
      DSLContext dsl = DSL.using(transaction);
      dsl.execute("create sequence commits");
      dsl.execute("create table written (n bigint)");
      dsl.execute(
          """
          create function fail_first() returns trigger language plpgsql as '
          begin
            if nextval(''commits'') < 3 then
              raise exception ''in the way'' using errcode = ''%s'';
            end if;
            return null;
          end'
          """
              .formatted(state));
      dsl.execute(
          "create constraint trigger fail_first after insert on written deferrable initially deferred for each row execute function fail_first()");
    }
  }

  @Nested
  class Notifying extends NotifierConformance {
    Notifying() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class CallingBack extends CallbackConformance {
    CallingBack() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Deleting extends DeletedEventsConformance {
    Deleting() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Failing extends FailingEventConformance {
    Failing() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Disturbed extends DisturbedSubscriptionConformance {
    Disturbed() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Leasing extends LeaseConformance {
    Leasing() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Inline extends InlineProjectionConformance {
    Inline() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class InlineTransactions extends InlineTransactionConformance {
    InlineTransactions() {
      super(directory -> new PostgresFixture());
    }
  }
}
