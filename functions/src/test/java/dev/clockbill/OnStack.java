package dev.clockbill;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of tests that use {@link Laptop}: it gets a new stack, with nobody's data and the
 * machine's time, which is started when a test first uses it and closed after the last test.
 *
 * <p>{@code mvn test -Pstack} runs these classes alone.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag("stack")
@ExtendWith(NewStack.class)
public @interface OnStack {}
