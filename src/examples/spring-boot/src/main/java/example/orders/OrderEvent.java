package example.orders;

/** What happens to an order. Prices are in cents. */
public sealed interface OrderEvent {

  record Placed(String customer, String product, int pieces, long price) implements OrderEvent {}

  record Paid(String receipt) implements OrderEvent {}

  record Shipped(String parcel) implements OrderEvent {}

  record Cancelled(String reason) implements OrderEvent {}
}
