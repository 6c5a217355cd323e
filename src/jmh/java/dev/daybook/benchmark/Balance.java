package dev.daybook.benchmark;

import java.util.ArrayList;
import java.util.List;

/** A stream's folded state of about 2 KB of JSON. */
public record Balance(String account, long amount, List<Deposited> recent) {

  private static final int RECENT = 10;

  /** One of many that are alike. */
  public static Balance number(long n) {
    List<Deposited> recent = new ArrayList<>();
    for (int i = 0; i < RECENT; i++) {
      recent.add(Deposited.number(n + i));
    }
    return new Balance("account-%06d".formatted(n % 1_000_000), n, recent);
  }
}
