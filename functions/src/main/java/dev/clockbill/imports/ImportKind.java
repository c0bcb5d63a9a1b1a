package dev.clockbill.imports;

import dev.clockbill.http.Fields;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an import adds: customers or services.
 *
 * @param <T> one of them
 */
public interface ImportKind<T> {

  /** What the keys of all of them begin with. */
  String prefix();

  /** The column for a header's cell, if there is such a column. */
  Optional<ImportColumn> column(String label);

  /**
   * What every file has columns for: of each thing the fields that may bring it, the best first.
   */
  List<List<String>> required();

  /** The names of columns from which a person may choose what one of the file is. */
  List<String> names();

  /** The fields of a request, made of those of a line: several columns may make up one of them. */
  default Map<String, Object> assembled(Map<String, Object> cells) {
    return cells;
  }

  /** Reads one's item. */
  T of(Item item);

  /** The id of one. */
  String id(T one);

  /** The same kind for a file with these fields: what tells one from another may depend on them. */
  default ImportKind<T> ofFile(Set<String> fields) {
    return this;
  }

  /** Equal for two that an import takes to be the same, however they differ in case and blanks. */
  String identity(T one);

  /** The fields that make up the identity. */
  List<String> identifying();

  /**
   * A new one from a line's fields.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  T created(Fields fields);

  /** An existing one with a line's fields merged in. */
  T merged(Fields fields, T one);

  /** The write that adds a new one. */
  Write creation(String firm, T one);

  /** The fields of one that the response shows beside what became of the line. */
  Map<String, Object> shown(T one);

  /** What a person should know before one is added; empty if there is nothing. */
  default Optional<String> hint(T one) {
    return Optional.empty();
  }
}
