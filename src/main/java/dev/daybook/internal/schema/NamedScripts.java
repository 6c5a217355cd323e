package dev.daybook.internal.schema;

import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Hands Flyway the migrations by their names. It would otherwise search every jar of the class path
 * for them, and find nothing in a jar that has no entries for directories.
 */
final class NamedScripts implements ResourceProvider {

  private final String location;

  /**
   * @param location the folder that the scripts are in
   */
  NamedScripts(String location) {
    this.location = location;
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return all().filter(script -> script.getRelativePath().equals(name)).findAny().orElse(null);
  }

  /** Flyway asks for migrations of other kinds, too, and for callbacks: there are none. */
  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return all()
        .filter(script -> script.getFilename().startsWith(prefix))
        .filter(script -> Stream.of(suffixes).anyMatch(script.getFilename()::endsWith))
        .toList();
  }

  private Stream<LoadableResource> all() {
    return MigrationHistory.SCRIPTS.stream().map(NamedScript::new);
  }

  private final class NamedScript extends LoadableResource {

    private final String name;

    NamedScript(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      return new StringReader(String.join("\n", MigrationHistory.lines(location, name)));
    }

    @Override
    public String getAbsolutePath() {
      return location + "/" + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getAbsolutePath();
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
