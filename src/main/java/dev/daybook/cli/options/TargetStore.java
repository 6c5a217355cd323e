package dev.daybook.cli.options;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the store that is written, of a command that works on two. */
public final class TargetStore {

  @Option(
      names = "--to",
      required = true,
      paramLabel = StoreAddress.LABEL,
      converter = StoreAddress.Converter.class,
      description = "The SQLite file or the database to write to; tables are made there.")
  private @Nullable StoreAddress address;

  @Option(
      names = "--to-schema",
      paramLabel = "NAME",
      description = "The schema on its server that its tables are in. Default: the user's own.")
  private @Nullable String schema;

  @Option(
      names = "--to-tables",
      paramLabel = TablesOption.LABEL,
      converter = TablesOption.Converter.class,
      description = "What the names of its tables begin with, or TABLE=NAME for single ones.")
  private @Nullable TablesOption tables;

  public TargetStore() {}

  /** The store. */
  public NamedStore store() {
    return new NamedStore(NamedStore.Options.TO, Objects.requireNonNull(address), schema, tables);
  }
}
