package dev.daybook.journal.internal;

import dev.daybook.journal.Metadata;
import dev.daybook.settings.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The metadata that each event of an append gets besides its own, which wins.
 *
 * @param defaults the application's, which wins over what observers add
 * @param observed what observers add, as far as there is room
 */
record AddedMetadata(Metadata defaults, Map<String, String> observed)
    implements UnaryOperator<Metadata> {

  @Override
  public Metadata apply(Metadata own) {
    if (observed.isEmpty() && (defaults.isEmpty() || own.isEmpty())) {
      return defaults.isEmpty() ? own : defaults;
    }
    Map<String, String> all = new LinkedHashMap<>(own.entries());
    defaults.entries().forEach(all::putIfAbsent);
    observed.forEach(
        (name, value) -> {
          if (all.size() < Limits.MAX_METADATA_ENTRIES) {
            all.putIfAbsent(name, value);
          }
        });
    return new Metadata(all);
  }
}
