package dev.clockbill.local.lambda;

/** Where the classes of functions come from. Safe for many threads. */
@FunctionalInterface
public interface HandlerClasses {

  /** The loader to use now; a new one after the classes have changed. */
  ClassLoader loader();

  /** The class path of this JVM, which never changes. */
  static HandlerClasses ofClassPath() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return () -> loader;
  }
}
