package dev.daybook.spring.boot.test;

import dev.daybook.testing.TestDaybook;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Fails a test that has left something open in its Daybook. */
final class LeftOpenCheck extends AbstractTestExecutionListener {

  /** After the end of the test's own transaction, and before the application is closed. */
  private static final int BETWEEN_TRANSACTION_AND_CLOSE = 3_500;

  @Override
  public int getOrder() {
    return BETWEEN_TRANSACTION_AND_CLOSE;
  }

  @Override
  public void afterTestMethod(TestContext test) {
    if (test.hasApplicationContext()) {
      test.getApplicationContext()
          .getBeanProvider(TestDaybook.class)
          .ifAvailable(TestDaybook::requireNothingOpen);
    }
  }
}
