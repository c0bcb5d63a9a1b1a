package dev.clockbill.local.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/** The file that keeps the stack's documents between runs. */
public final class DataFile implements AutoCloseable {
  private final MVStore store;
  private final ReentrantLock changing = new ReentrantLock();

  /** Opens the file {@code stack.mv} in a folder; creates both if needed. */
  public DataFile(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    this.store =
        new MVStore.Builder()
            .fileName(folder.resolve("stack.mv").toString())
            .autoCommitDisabled()
            .open();
  }

  private DataFile(MVStore store) {
    this.store = store;
  }

  /** Keeps everything in memory until it is closed. */
  public static DataFile inMemory() {
    return new DataFile(new MVStore.Builder().autoCommitDisabled().open());
  }

  /** The documents of one part of the stack; the same name gives the same documents. */
  public DocumentStore store(String name) {
    return new DocumentStore(this, store.openMap(name));
  }

  /**
   * Does work whose changes of documents are all on disk when this returns, or none of them is if
   * the process ends before. Nobody else changes documents meanwhile.
   */
  <T> T together(Supplier<T> work) {
    changing.lock();
    try {
      T result = work.get();
      if (changing.getHoldCount() == 1) {
        store.commit();
      }
      return result;
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
