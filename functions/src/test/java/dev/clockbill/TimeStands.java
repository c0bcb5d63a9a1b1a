package dev.clockbill;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Time stands while the tests of a class run, except where they move it: however long a step takes,
 * no second ends, no day begins, no schedule fires and nothing is tried again before the next one.
 */
public final class TimeStands implements BeforeAllCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Laptop.stopTime(true);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Laptop.stopTime(false);
  }
}
