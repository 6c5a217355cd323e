package dev.daybook.conformance.hosts;

import io.agroal.api.AgroalDataSourceListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What Agroal warns of, which its users would find in their log. */
final class Warnings implements AgroalDataSourceListener {

  private final List<String> all = new CopyOnWriteArrayList<>();

  List<String> all() {
    return List.copyOf(all);
  }

  @Override
  public void onWarning(String message) {
    all.add(message);
  }

  @Override
  public void onWarning(Throwable warning) {
    all.add(warning.toString());
  }
}
