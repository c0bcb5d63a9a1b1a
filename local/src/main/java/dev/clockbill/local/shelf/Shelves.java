package dev.clockbill.local.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/** The file in which the stack's parts keep what must outlive a run. */
public final class Shelves implements AutoCloseable {
  private final MVStore store;

  /** Opens the file {@code stack.mv} in a folder, which is made where it is missing. */
  public Shelves(Path folder) {
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

  private Shelves(MVStore store) {
    this.store = store;
  }

  /** Shelves that forget everything when they are closed. */
  public static Shelves inMemory() {
    return new Shelves(new MVStore.Builder().autoCommitDisabled().open());
  }

  /** The shelf of one part of the stack; the same name gives the same documents. */
  public Shelf shelf(String name) {
    return new Shelf(store, name);
  }

  @Override
  public void close() {
    store.close();
  }
}
