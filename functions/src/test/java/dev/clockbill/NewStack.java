package dev.clockbill;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test class a stack of its own, if it uses one. */
public final class NewStack implements BeforeAllCallback, AfterAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    Laptop.allow();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Laptop.close();
  }
}
