package dev.clockbill;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks a class of {@link OnStack stack tests} whose time passes only where a test moves it:
 * however long a step takes, no day begins, no schedule fires and nothing is tried again before the
 * next one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnStack
@ExtendWith(StoppedClock.Stop.class)
public @interface StoppedClock {

  /** Stops the clock of the class's stack, which no other class uses. */
  final class Stop implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      Laptop.stopTime(true);
    }
  }
}
