package dev.daybook.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which reader is used, by the size of its cache. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReaderPoolTest {

  private final Map<Session, CacheShare> shares = new HashMap<>();
  private boolean refusing;
  private final ReaderPool readers = new ReaderPool(this::connect);

  @AfterEach
  void close() {
    readers.close();
  }

  @Test
  void who_reads_alone_has_the_largest_cache_whoever_has_read_before() {
    for (int atOnce = 1; atOnce <= 6; atOnce++) {
      List<Session> sessions = borrow(atOnce);
      assertThat(shares.get(sessions.get(0))).isEqualTo(CacheShare.FIRST_READER);
      sessions.forEach(readers::giveBack);

      List<Session> again = borrow(atOnce);
      assertThat(shares.get(again.get(0))).isEqualTo(CacheShare.FIRST_READER);
      Collections.reverse(again);
      again.forEach(readers::giveBack);
    }
  }

  @Test
  void four_share_the_cache_and_stay_open() {
    List<Session> sessions = borrow(6);
    assertThat(sessions)
        .extracting(shares::get)
        .containsExactly(
            CacheShare.FIRST_READER,
            CacheShare.NEXT_READER,
            CacheShare.NEXT_READER,
            CacheShare.NEXT_READER,
            CacheShare.EXTRA_READER,
            CacheShare.EXTRA_READER);
    Collections.reverse(sessions);
    sessions.forEach(readers::giveBack);

    assertThat(sessions)
        .extracting(Session::isOpen)
        .containsExactly(false, false, true, true, true, true);
    assertThat(borrow(4)).hasSameElementsAs(sessions.subList(2, 6));
  }

  @Test
  void an_extra_one_is_used_again_as_long_as_others_are_in_use() {
    List<Session> sessions = borrow(6);
    readers.giveBack(sessions.get(5));

    assertThat(readers.borrow()).isSameAs(sessions.get(5));
  }

  @Test
  void of_equal_ones_the_last_one_that_was_used_is_used_again() {
    List<Session> sessions = borrow(4);
    readers.giveBack(sessions.get(2));
    readers.giveBack(sessions.get(3));
    readers.giveBack(sessions.get(1));

    assertThat(borrow(3)).containsExactly(sessions.get(1), sessions.get(3), sessions.get(2));
  }

  @Test
  void who_watches_leaves_the_largest_cache_to_who_reads() {
    Session watching = readers.borrowToWatch();
    assertThat(shares.get(watching)).isEqualTo(CacheShare.EXTRA_READER);
    readers.giveBack(watching);

    Session reading = readers.borrow();
    assertThat(shares.get(reading)).isEqualTo(CacheShare.FIRST_READER);
    readers.giveBack(reading);

    assertThat(readers.borrowToWatch()).isSameAs(watching);
    assertThat(readers.borrow()).isSameAs(reading);
  }

  @Test
  void a_share_that_was_not_taken_after_all_goes_to_the_next() {
    refusing = true;
    assertThatThrownBy(readers::borrow).isInstanceOf(IllegalStateException.class);
    refusing = false;

    assertThat(shares.get(readers.borrow())).isEqualTo(CacheShare.FIRST_READER);
  }

  @Test
  void the_share_of_one_that_was_closed_goes_to_the_next() {
    List<Session> sessions = borrow(2);
    sessions.get(0).close();
    sessions.forEach(readers::giveBack);

    List<Session> next = borrow(2);
    assertThat(shares.get(next.get(0))).isEqualTo(CacheShare.FIRST_READER);
    assertThat(next.get(1)).isSameAs(sessions.get(1));
  }

  private List<Session> borrow(int atOnce) {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      sessions.add(readers.borrow());
    }
    return sessions;
  }

  private Session connect(CacheShare share) {
    if (refusing) {
      throw new IllegalStateException("no connection");
    }
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
      Dialect dialect = Databases.dialect(connection);
      Session session =
          Session.own(connection, new SqlContext(dialect, sql -> {}), dialect.settings(connection));
      shares.put(session, share);
      return session;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
