package dev.clockbill.local.lambda;

/** Where the functions' classes come from. Called by many threads at once. */
@FunctionalInterface
public interface HandlerClasses {

  /** The loader to use now; another one than before once the classes have changed. */
  ClassLoader loader();

  /** The class path of this JVM, which never changes. */
  static HandlerClasses ofClassPath() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return () -> loader;
  }
}
