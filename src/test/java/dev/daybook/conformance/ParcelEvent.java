package dev.daybook.conformance;

/** What happens to a parcel: the events of most tests. */
public sealed interface ParcelEvent {

  /** It was handed in. */
  record Posted(String sender) implements ParcelEvent {}

  /** It has made one more leg of its way. */
  record Moved(int leg) implements ParcelEvent {}

  /** It has arrived. */
  record Delivered() implements ParcelEvent {}

  static ParcelEvent posted(String sender) {
    return new Posted(sender);
  }

  static ParcelEvent moved(int leg) {
    return new Moved(leg);
  }

  static ParcelEvent delivered() {
    return new Delivered();
  }
}
