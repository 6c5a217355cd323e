package dev.daybook.benchmark;

/** An event of about 200 bytes of JSON. */
public record Deposited(
    String account, long amount, String currency, String reference, String note, long bookedAt) {

  /** The name that it is stored under. */
  public static final String TYPE = "deposited";

  private static final String NOTE =
      "Standing order, first instalment of the agreed yearly contribution";

  /** One of many that are alike. */
  public static Deposited number(long n) {
    return new Deposited(
        "account-%06d".formatted(n % 1_000_000),
        1_000 + n % 9_000,
        "EUR",
        "REF-%012d".formatted(n),
        NOTE,
        1_700_000_000_000L + n);
  }
}
