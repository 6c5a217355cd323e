package dev.daybook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.codec.Codecs;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.recovery.Decision;
import dev.daybook.testing.CartEvent.Added;
import dev.daybook.testing.CartEvent.CheckedOut;
import dev.daybook.testing.CartEvent.Removed;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Right aggregates in the fixture; {@link WrongAggregatesTest} has wrong ones. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DecisionFixtureTest {

  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final Added TEA = new Added("tea", 3, TEN);
  private static final CheckedOut THIRTY = new CheckedOut(new BigDecimal("30"));

  private static final DecisionFixture<Cart, CartEvent> CARTS =
      DecisionFixture.of(CartEvent.class, () -> Cart.EMPTY, Cart::after).withSnapshots(Cart.class);

  /** An event without equals. */
  static final class Scanned {
    public String code = "";

    static Scanned of(String code) {
      Scanned scanned = new Scanned();
      scanned.code = code;
      return scanned;
    }
  }

  @Test
  void a_right_aggregate_passes() {
    CARTS
        .given(TEA)
        .when(Cart::checkOut)
        .then(THIRTY)
        .thenState(new Cart(Map.of("tea", new BigDecimal("30")), true));
    CARTS
        .given(List.of(TEA, new Removed("tea")))
        .when(Cart::checkOut)
        .thenThrows(IllegalStateException.class, "empty");
    CARTS.given(TEA, THIRTY).when(Cart::checkOut).thenNothing();
    CARTS.givenNothing().thenState(Cart.EMPTY);
    assertThat(CARTS.given(TEA).state().lines()).containsKey("tea");
  }

  @Test
  void a_state_may_be_given_instead_of_events() {
    CARTS
        .givenState(new Cart(Map.of("tea", TEN), false))
        .when(cart -> cart.replace("tea", 1, TEN))
        .then(List.of(new Removed("tea"), new Added("tea", 1, TEN)));
  }

  /** A state that the fold changes. */
  static final class Seen {
    public List<String> skus = new ArrayList<>();

    static Seen after(Seen seen, RecordedEvent<CartEvent> event) {
      seen.skus.add(event.type());
      return seen;
    }
  }

  @Test
  void a_fold_may_change_its_state() {
    Seen given = new Seen();
    given.skus.add("Removed");

    DecisionFixture.of(CartEvent.class, Seen::new, Seen::after)
        .withSnapshots(Seen.class)
        .givenState(given)
        .when(seen -> List.of(TEA))
        .then(TEA);
    assertThat(
            DecisionFixture.of(CartEvent.class, Seen::new, Seen::after)
                .given(TEA)
                .when(seen -> List.of(THIRTY))
                .state()
                .skus)
        .containsExactly("Added", "CheckedOut");
    assertThat(given.skus).containsExactly("Removed");
  }

  /** The type of the decision that production passes, with its checked exception. */
  @Test
  void a_decision_may_throw_a_checked_exception() {
    Decision<Cart, CartEvent, IOException> decision =
        cart -> {
          throw new IOException("no answer");
        };

    assertThat(CARTS.givenNothing().when(decision).thenThrows(IOException.class))
        .hasMessage("no answer");
  }

  @Test
  void tags_metadata_and_times_count_where_they_are_asked_for() {
    NewEvent<CartEvent> tagged =
        NewEvent.<CartEvent>of(TEA)
            .tagged("sku:tea")
            .withMetadata(Metadata.none().withCorrelationId("r-1"))
            .at(Instant.EPOCH);
    Decided<Cart, CartEvent> decided = CARTS.givenNothing().whenNewEvents(cart -> List.of(tagged));

    decided.then(TEA).thenNewEvents(tagged);
    assertThat(decided.events()).containsExactly(tagged);
    assertThatThrownBy(() -> decided.thenNewEvents(tagged.at(Instant.EPOCH.plusMillis(1))))
        .hasMessageContaining(
            "expected (time) 1970-01-01T00:00:00.001Z, found 1970-01-01T00:00:00Z");
    assertThatThrownBy(() -> decided.thenNewEvents(tagged.withMetadata(Metadata.none())))
        .hasMessageContaining("expected (metadata) nothing, found {correlationId=r-1}");
  }

  @Test
  void the_fold_sees_what_was_recorded() {
    List<String> seen = new ArrayList<>();
    DecisionFixture<String, CartEvent> fixture =
        DecisionFixture.of(
                CartEvent.class,
                () -> "",
                (String state, RecordedEvent<CartEvent> event) -> {
                  seen.add(
                      event.streamId()
                          + "/"
                          + event.seq()
                          + " "
                          + event.type()
                          + event.tags()
                          + event.time());
                  return state;
                })
            .inStream("cart-7");

    fixture
        .givenNewEvents(NewEvent.of(TEA).tagged("a"), NewEvent.of(THIRTY).at(Instant.EPOCH))
        .thenState("");

    assertThat(seen)
        .startsWith(
            "cart-7/1 Added[a]2026-01-01T00:00:00Z", "cart-7/2 CheckedOut[]1970-01-01T00:00:00Z");
  }

  @Test
  void events_need_no_equals() {
    DecisionFixture<String, Scanned> fixture =
        DecisionFixture.of(
            EventTypes.of(Scanned.class).with("Scanned", Scanned.class),
            () -> "",
            (state, event) -> state + event.data().code);

    for (DecisionFixture<String, Scanned> each :
        List.of(fixture, fixture.withoutCodec(), fixture.withCodecs(Codecs.cbor()))) {
      each.given(Scanned.of("1"))
          .when(state -> List.of(Scanned.of(state + "2")))
          .then(Scanned.of("12"))
          .thenState("112");
      assertThatThrownBy(
              () ->
                  each.givenNothing().when(state -> List.of(Scanned.of("1"))).then(Scanned.of("2")))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("event (Scanned): expected code \"2\", found \"1\"");
    }
  }

  @Test
  void a_class_that_could_never_be_read_is_refused_as_by_a_journal() {
    assertThatThrownBy(
            () ->
                DecisionFixture.of(
                        EventTypes.of(Unreadable.class).with("Unreadable", Unreadable.class),
                        () -> "",
                        (state, event) -> state)
                    .givenNothing())
        .isInstanceOf(InvalidInputException.class);
  }

  /** An event that could be written, and for which there is no way back. */
  static final class Unreadable {
    private final String sku;
    private final int pieces;

    Unreadable(String sku, int pieces) {
      this.sku = sku;
      this.pieces = pieces;
    }

    public String getSku() {
      return sku;
    }

    public int getPieces() {
      return pieces;
    }
  }

  /** An event whose content is not seen from outside. */
  static final class Hidden {
    private final String content;

    Hidden(String content) {
      this.content = content;
    }

    @Override
    public String toString() {
      return content;
    }
  }

  @Test
  void without_a_codec_an_event_need_not_be_written() {
    DecisionFixture<String, Hidden> fixture = hidden();

    fixture.given(new Hidden("a")).when(state -> List.of(new Hidden("b"))).then(new Hidden("b"));
    assertThatThrownBy(
            () -> fixture.givenNothing().when(state -> List.of(new Hidden("b"))).thenNothing())
        .hasMessageContaining("expected no events, found 1 event");
  }

  private static DecisionFixture<String, Hidden> hidden() {
    return DecisionFixture.of(
            EventTypes.of(Hidden.class).with("Hidden", Hidden.class),
            () -> "",
            (String state, RecordedEvent<Hidden> event) -> state + event.data())
        .withoutCodec();
  }

  @Test
  void events_of_one_type_in_another_order_are_told_apart() {
    Removed tea = new Removed("tea");
    Removed cup = new Removed("cup");

    assertThatThrownBy(() -> CARTS.givenNothing().when(cart -> List.of(cup, tea)).then(tea, cup))
        .hasMessageStartingWith(
            "in another order: expected Removed sku: \"tea\", Removed sku: \"cup\"; found Removed sku: \"cup\", Removed sku: \"tea\"");
  }

  @Test
  void a_decision_is_asked_once_on_request() {
    AtomicInteger asked = new AtomicInteger();
    Decision<Cart, CartEvent, RuntimeException> numbered =
        cart -> List.of(new Removed("r-" + asked.incrementAndGet()));

    CARTS.askingOnce().givenNothing().when(numbered).then(new Removed("r-1"));

    assertThat(asked).hasValue(1);
  }
}
