package dev.clockbill.local.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/** The file that keeps the stack's documents between runs. */
public final class DataFile implements AutoCloseable {
  private final MVStore store;

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
    return new DocumentStore(store, name);
  }

  @Override
  public void close() {
    store.close();
  }
}
