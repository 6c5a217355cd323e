package dev.daybook.internal.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CacheBudgetTest {

  @Test
  void one_reader_has_half_the_writer_a_quarter_and_three_readers_the_rest() {
    CacheBudget budget = new CacheBudget(12L << 20);

    assertThat(budget.kibibytes(CacheShare.FIRST_READER)).isEqualTo(6 << 10);
    assertThat(budget.kibibytes(CacheShare.WRITER)).isEqualTo(3 << 10);
    assertThat(budget.kibibytes(CacheShare.NEXT_READER)).isEqualTo(1 << 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 20, (1L << 20) + 12_345, 32L << 20, 999_999_999, 1L << 40})
  void connections_that_stay_open_have_no_more_than_the_budget(long bytes) {
    CacheBudget budget = new CacheBudget(bytes);
    long kibibytes =
        budget.kibibytes(CacheShare.WRITER)
            + budget.kibibytes(CacheShare.FIRST_READER)
            + (CacheBudget.READERS - 1) * budget.kibibytes(CacheShare.NEXT_READER);

    assertThat(kibibytes << 10).isBetween(bytes - (8 << 10), bytes);
  }

  @Test
  void an_extra_reader_has_no_more_than_others_and_than_sqlite_gives_it() {
    assertThat(new CacheBudget(12L << 20).kibibytes(CacheShare.EXTRA_READER)).isEqualTo(1 << 10);
    assertThat(CacheBudget.MOST.kibibytes(CacheShare.EXTRA_READER)).isEqualTo(2_000);
  }

  @Test
  void every_share_can_be_set() {
    for (CacheShare share : CacheShare.values()) {
      assertThat(CacheBudget.LEAST.kibibytes(share)).isPositive();
      assertThat(CacheBudget.MOST.kibibytes(share)).isLessThan(Integer.MAX_VALUE);
    }
  }

  @Test
  void the_default_is_thirty_two_mebibytes() {
    assertThat(CacheBudget.orDefault(null)).isEqualTo(new CacheBudget(32L * 1024 * 1024));
  }
}
