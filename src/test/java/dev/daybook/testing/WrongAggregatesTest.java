package dev.daybook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.golden.GoldenFile;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.testing.CartEvent.Added;
import dev.daybook.testing.CartEvent.CheckedOut;
import dev.daybook.testing.CartEvent.Removed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Aggregates, each with a mistake as it is made, and what the fixture says of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WrongAggregatesTest {

  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final DecisionFixture<Cart, CartEvent> CARTS = carts(Cart::after);

  private static DecisionFixture<Cart, CartEvent> carts(
      BiFunction<Cart, RecordedEvent<CartEvent>, Cart> fold) {
    return DecisionFixture.of(CartEvent.class, () -> Cart.EMPTY, fold);
  }

  /** A state that changes. */
  static final class Basket {
    private final List<String> skus = new ArrayList<>();

    static Basket added(Basket basket, RecordedEvent<CartEvent> event) {
      if (event.data() instanceof Added added) {
        basket.skus.add(added.sku());
      }
      return basket;
    }
  }

  /** A state that Jackson writes a part of. */
  static final class Counted {
    public int pieces;
    public transient int added;

    static Counted after(Counted before, RecordedEvent<CartEvent> event) {
      Counted next = new Counted();
      next.added = before.added + (event.data() instanceof Added ? 1 : 0);
      next.pieces = before.pieces + next.added;
      return next;
    }
  }

  /** An event in which anything can be. */
  record Noted(Object note) {}

  /** An event whose constructor takes a percentage, also when it is read. */
  record Reduced(BigDecimal share) {
    Reduced {
      share = share.movePointLeft(2);
    }
  }

  private final Map<String, Runnable> mistakes = new LinkedHashMap<>();

  WrongAggregatesTest() {
    Added tea = new Added("tea", 3, TEN);
    Added cup = new Added("cup", 1, TEN);
    CheckedOut thirty = new CheckedOut(new BigDecimal("30"));

    mistakes.put(
        "1 A price is counted once, however many pieces there are",
        () -> CARTS.given(tea).when(cart -> List.of(new CheckedOut(TEN))).then(thirty));
    mistakes.put(
        "2 The wrong event",
        () -> CARTS.given(tea).when(cart -> List.of(new Removed("tea"))).then(thirty));
    mistakes.put(
        "3 An event is forgotten",
        () ->
            CARTS
                .given(tea)
                .when(cart -> cart.add("tea", 1, TEN))
                .then(new Removed("tea"), new Added("tea", 1, TEN)));
    mistakes.put(
        "4 An event too many", () -> CARTS.given(tea).when(cart -> List.of(cup, cup)).then(cup));
    mistakes.put(
        "5 The events in the wrong order",
        () ->
            CARTS
                .given(tea)
                .when(cart -> List.of(cup, new Removed("tea")))
                .then(new Removed("tea"), cup));
    mistakes.put(
        "6 What is to be refused is accepted",
        () ->
            CARTS
                .given(tea, thirty)
                .when(cart -> List.of(cup))
                .thenThrows(IllegalStateException.class));
    mistakes.put(
        "7 What is to be accepted is refused",
        () -> CARTS.givenNothing().when(Cart::checkOut).then(new CheckedOut(BigDecimal.ZERO)));
    mistakes.put(
        "8 The wrong exception",
        () ->
            CARTS
                .givenNothing()
                .when(
                    cart -> {
                      throw new NoSuchElementException("No value present");
                    })
                .thenThrows(IllegalStateException.class, "empty"));
    mistakes.put(
        "9 The wrong reason",
        () ->
            CARTS
                .given(tea, thirty)
                .when(cart -> cart.add("cup", 1, TEN))
                .thenThrows(IllegalStateException.class, "empty"));
    mistakes.put(
        "10 A command that comes again is carried out again",
        () -> CARTS.given(tea, thirty).when(cart -> List.of(thirty)).thenNothing());
    mistakes.put(
        "11 The fold forgets a type of events",
        () ->
            carts((cart, event) -> event.data() instanceof Removed ? cart : cart.after(event))
                .given(tea, cup, new Removed("tea"))
                .thenState(new Cart(Map.of("cup", TEN), false)));
    mistakes.put(
        "12 The fold fails on a type of events",
        () ->
            carts(
                    (cart, event) -> {
                      if (event.data() instanceof CheckedOut) {
                        throw new UnsupportedOperationException("CheckedOut");
                      }
                      return cart.after(event);
                    })
                .given(tea)
                .when(Cart::checkOut)
                .then(thirty));
    mistakes.put(
        "13 The fold returns nothing for a type of events",
        () ->
            carts(WrongAggregatesTest::addedOnly)
                .given(tea, new Removed("tea"))
                .when(Cart::checkOut)
                .thenThrows(IllegalStateException.class));
    mistakes.put(
        "14 The decision changes the state",
        () ->
            DecisionFixture.of(CartEvent.class, Basket::new, Basket::added)
                .given(tea)
                .when(
                    basket -> {
                      basket.skus.add("cup");
                      return List.of(cup);
                    })
                .then(cup));
    Basket shared = new Basket();
    mistakes.put(
        "15 All streams begin with the same object",
        () ->
            DecisionFixture.of(CartEvent.class, () -> shared, Basket::added)
                .given(tea)
                .when(basket -> List.of(cup))
                .then(cup));
    AtomicInteger calls = new AtomicInteger();
    mistakes.put(
        "16 The decision depends on more than the state",
        () ->
            CARTS
                .given(tea)
                .when(cart -> List.of(new Added("gift-" + calls.incrementAndGet(), 1, TEN)))
                .then(new Added("gift-1", 1, TEN)));
    mistakes.put(
        "17 A snapshot loses a part of the state",
        () ->
            DecisionFixture.of(CartEvent.class, Counted::new, Counted::after)
                .withSnapshots(Counted.class)
                .given(tea, cup)
                .when(counted -> List.of(tea))
                .then(tea));
    mistakes.put(
        "18 An event can't be written",
        () ->
            DecisionFixture.of(
                    EventTypes.of(Noted.class).with("Noted", Noted.class), Basket::new, (b, e) -> b)
                .givenNothing()
                .when(basket -> List.of(new Noted(basket)))
                .then(new Noted(new Basket())));
    mistakes.put(
        "19 An event is read back as another one",
        () ->
            DecisionFixture.of(
                    EventTypes.of(Reduced.class).with("Reduced", Reduced.class),
                    () -> BigDecimal.ZERO,
                    (sum, event) -> sum.add(event.data().share()))
                .givenNothing()
                .when(sum -> List.of(new Reduced(TEN)))
                .then(new Reduced(TEN)));
    mistakes.put(
        "20 An event's class is not registered",
        () ->
            DecisionFixture.of(
                    EventTypes.of(CartEvent.class).with("Added", Added.class),
                    () -> Cart.EMPTY,
                    Cart::after)
                .given(tea)
                .when(Cart::checkOut)
                .then(thirty));
    mistakes.put(
        "21 A tag is forgotten",
        () ->
            CARTS
                .givenNothing()
                .whenNewEvents(cart -> List.of(NewEvent.of(tea).tagged("sku:tea")))
                .thenNewEvents(NewEvent.of(tea).tagged("sku:tea", "customer:ann")));
  }

  @SuppressWarnings("NullAway") // The mistake.
  private static Cart addedOnly(Cart cart, RecordedEvent<CartEvent> event) {
    return event.data() instanceof Added ? cart.after(event) : null;
  }

  @Test
  void each_mistake_has_a_message_that_shows_the_difference() {
    StringBuilder messages = new StringBuilder();
    mistakes.forEach(
        (mistake, test) -> {
          AssertionError failure = catchThrowableOfType(AssertionError.class, test::run);
          assertThat(failure).as(mistake).isNotNull();
          messages.append("# ").append(mistake).append('\n');
          messages.append(String.valueOf(failure.getMessage())).append("\n\n");
        });
    new GoldenFile("wrong-aggregates.txt", "daybook.fixtures.update").check(messages.toString());
  }
}
