package dev.clockbill.portal;

import dev.clockbill.NewStack;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests in a browser, which gets a new stack as {@link dev.clockbill.OnStack}
 * does.
 *
 * <p>{@code mvn test -Pbrowser} runs these classes alone.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@ExtendWith({NewStack.class, Chromium.class})
@interface InBrowser {}
