package dev.daybook.spring.boot.test;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestExecutionListener;

/**
 * Starts the application of a test with {@link DaybookTest}. Boot 3 and 4 have the same names here.
 */
final class DaybookTestBootstrapper extends SpringBootTestContextBootstrapper {

  DaybookTestBootstrapper() {}

  /** Makes the slice of a test class. */
  private static final class Slices implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
        Class<?> test, List<ContextConfigurationAttributes> attributes) {
      MergedAnnotation<DaybookTest> annotation = annotationOf(test);
      return new Slice(
          List.of(annotation.getClassArray("listeners")),
          annotation.getEnum("database", DaybookTest.Database.class));
    }
  }

  @Override
  protected String[] getProperties(Class<?> test) {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "spring.boot.enableautoconfiguration=false",
                "spring.main.web-application-type=none"));
    properties.addAll(List.of(annotationOf(test).getStringArray("properties")));
    return properties.toArray(String[]::new);
  }

  @Override
  protected List<ContextCustomizerFactory> getContextCustomizerFactories() {
    List<ContextCustomizerFactory> all = new ArrayList<>(super.getContextCustomizerFactories());
    all.add(new Slices());
    return all;
  }

  @Override
  protected List<TestExecutionListener> getDefaultTestExecutionListeners() {
    List<TestExecutionListener> all = new ArrayList<>(super.getDefaultTestExecutionListeners());
    all.add(new LeftOpenCheck());
    return all;
  }

  /** Also of a nested class, whose annotation is that of the class around it. */
  private static MergedAnnotation<DaybookTest> annotationOf(Class<?> test) {
    MergedAnnotation<DaybookTest> found =
        MergedAnnotations.from(test, SearchStrategy.INHERITED_ANNOTATIONS).get(DaybookTest.class);
    Class<?> outer = test.getEnclosingClass();
    return found.isPresent() || outer == null ? found : annotationOf(outer);
  }
}
