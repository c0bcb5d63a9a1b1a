package dev.clockbill.local.lambda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Loads the classes of functions again after they have been compiled again.
 *
 * <p>Only classes in folders are loaded here. Classes in jars and of the stack itself come from the
 * parent loader, so that functions and stack share Lambda's interfaces and the clock. All files are
 * read at once, so that a loader never mixes old and new classes.
 */
public final class ReloadedClasses implements HandlerClasses {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  // A compiler writes one file after another: wait until it is quiet, but not forever.
  private static final long QUIET_MILLIS = 100;
  private static final int MOST_WAITS = 100;

  private final List<Path> folders;
  private final Set<String> handlers;
  private final Duration lookAgain;
  private final ClassLoader parent = Thread.currentThread().getContextClassLoader();
  private final ReentrantLock looking = new ReentrantLock();
  private volatile long lookedAt = System.nanoTime();
  private volatile ClassLoader current;
  private long fingerprint;

  /** Defines classes from bytes in memory; everything else comes from the parent. */
  private static final class SnapshotLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    SnapshotLoader(Map<String, byte[]> classes, ClassLoader parent) {
      super(parent);
      this.classes = classes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!classes.containsKey(name)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        byte[] bytes = classes.get(name);
        return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
      }
    }
  }

  /**
   * Watches the class path's folders, except the stack's own.
   *
   * @param handlers full names of the functions' classes
   */
  public static ReloadedClasses ofClassPath(Set<String> handlers) {
    String classPath = System.getProperty("java.class.path");
    Path own = folderOf(ReloadedClasses.class);
    List<Path> folders =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .map(Path::toAbsolutePath)
            .filter(path -> Files.isDirectory(path) && !path.equals(own))
            .toList();
    return new ReloadedClasses(folders, handlers, LOOK_AGAIN);
  }

  private static Path folderOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Watches folders.
   *
   * @param lookAgain how long to wait before checking the files again
   */
  ReloadedClasses(List<Path> folders, Set<String> handlers, Duration lookAgain) {
    this.folders = folders;
    this.lookAgain = lookAgain;
    this.fingerprint = fingerprintNow();
    Map<String, byte[]> classes = read();
    this.handlers = new HashSet<>(handlers);
    this.handlers.retainAll(classes.keySet());
    this.current = new SnapshotLoader(classes, parent);
  }

  /** While somebody looks at the files, others go on with the classes that are known. */
  @Override
  public ClassLoader loader() {
    if (System.nanoTime() - lookedAt >= lookAgain.toNanos() && looking.tryLock()) {
      try {
        if (fingerprintNow() != fingerprint) {
          reload();
        }
        lookedAt = System.nanoTime();
      } finally {
        looking.unlock();
      }
    }
    return current;
  }

  private void reload() {
    fingerprint = fingerprintWhenQuiet();
    Map<String, byte[]> classes = read();
    // A compiler deletes old files first: keep the old classes until it has written the new ones.
    if (classes.keySet().containsAll(handlers)) {
      current = new SnapshotLoader(classes, parent);
      System.out.println("The functions' classes have changed and are used from now on.");
    }
  }

  private long fingerprintWhenQuiet() {
    long before = fingerprintNow();
    for (int waits = 0; waits < MOST_WAITS; waits++) {
      try {
        Thread.sleep(QUIET_MILLIS);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return before;
      }
      long after = fingerprintNow();
      if (after == before) {
        return after;
      }
      before = after;
    }
    return before;
  }

  /** Differs when a file was added, removed or written; the order of files does not matter. */
  private long fingerprintNow() {
    long[] sum = {0};
    visit(
        (folder, file, attributes) ->
            sum[0] +=
                Objects.hash(file, attributes.lastModifiedTime().toMillis(), attributes.size())
                    * 0x9E3779B97F4A7C15L);
    return sum[0];
  }

  /** The classes in all folders by name; the first folder with a class wins. */
  private Map<String, byte[]> read() {
    Map<String, byte[]> classes = new HashMap<>();
    visit(
        (folder, file, attributes) -> {
          String path = folder.relativize(file).toString();
          if (path.endsWith(".class")) {
            String name =
                path.substring(0, path.length() - ".class".length())
                    .replace(File.separatorChar, '.');
            if (!classes.containsKey(name)) {
              classes.put(name, Files.readAllBytes(file));
            }
          }
        });
    return classes;
  }

  private interface Visitor {
    void visit(Path folder, Path file, BasicFileAttributes attributes) throws IOException;
  }

  /** Visits every file, except those that are deleted at the same time. */
  private void visit(Visitor visitor) {
    for (Path folder : folders) {
      try {
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                try {
                  visitor.visit(folder, file, attributes);
                } catch (NoSuchFileException deleted) {
                  return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException deleted) {
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException failed) {
        throw new UncheckedIOException("The classes in " + folder + " cannot be read.", failed);
      }
    }
  }
}
