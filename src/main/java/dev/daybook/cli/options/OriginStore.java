package dev.daybook.cli.options;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the store that is read, of a command that works on two. */
public final class OriginStore {

  @Option(
      names = "--from",
      required = true,
      paramLabel = StoreAddress.LABEL,
      converter = StoreAddress.Converter.class,
      description = "The SQLite file or the database to read from.")
  private @Nullable StoreAddress address;

  @Option(
      names = "--from-schema",
      paramLabel = "NAME",
      description = "The schema on its server that its tables are in. Default: the user's own.")
  private @Nullable String schema;

  @Option(
      names = "--from-tables",
      paramLabel = TablesOption.LABEL,
      converter = TablesOption.Converter.class,
      description = "What the names of its tables begin with, or TABLE=NAME for single ones.")
  private @Nullable TablesOption tables;

  public OriginStore() {}

  /** The store. */
  public NamedStore store() {
    return new NamedStore(NamedStore.Options.FROM, Objects.requireNonNull(address), schema, tables);
  }
}
