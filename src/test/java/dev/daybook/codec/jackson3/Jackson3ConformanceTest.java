package dev.daybook.codec.jackson3;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daybook.DaybookBuilder;
import dev.daybook.conformance.CodecConformance;
import dev.daybook.conformance.ReadBackConformance;
import dev.daybook.conformance.SchemaEvolutionConformance;
import dev.daybook.conformance.SnapshotConformance;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.conformance.TypedEventsConformance;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a Daybook promises of JSON holds as well if Jackson 3 maps it. */
class Jackson3ConformanceTest {

  private static SqliteMemoryFixture byJackson3() {
    return new SqliteMemoryFixture(
        options -> options.json(Jackson3Json.of(JsonMapper.builder().build())));
  }

  @Nested
  class ReadingBack extends ReadBackConformance {
    ReadingBack() {
      super(directory -> byJackson3());
    }

    /** It has trees of its own. */
    @Override
    protected boolean mapsTreesOfJackson2() {
      return false;
    }

    @Override
    protected void mapEmptyObjects(DaybookBuilder options) {
      options.json(
          Jackson3Json.of(
              JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build()));
    }

    @Override
    protected void leaveOutDefaults(DaybookBuilder options) {
      options.json(
          Jackson3Json.of(
              JsonMapper.builder()
                  .changeDefaultPropertyInclusion(
                      it -> it.withValueInclusion(JsonInclude.Include.NON_DEFAULT))
                  .build()));
    }
  }

  @Nested
  class Coding extends CodecConformance {
    Coding() {
      super(directory -> byJackson3());
    }
  }

  @Nested
  class Typing extends TypedEventsConformance {
    Typing() {
      super(directory -> byJackson3());
    }

    @Override
    protected void writeNamesInUpperCamelCase(DaybookBuilder options) {
      options.json(
          Jackson3Json.of(
              JsonMapper.builder()
                  .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                  .build()));
    }
  }

  @Nested
  class Evolving extends SchemaEvolutionConformance {
    Evolving() {
      super(directory -> byJackson3());
    }
  }

  @Nested
  class Snapshots extends SnapshotConformance {
    Snapshots() {
      super(directory -> byJackson3());
    }
  }
}
