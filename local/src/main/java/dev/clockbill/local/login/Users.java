package dev.clockbill.local.login;

import dev.clockbill.local.storage.DocumentStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The users of the pool, oldest first. Safe for many threads. */
final class Users {
  private final DocumentStore store;
  private final Map<String, User> byKey = new LinkedHashMap<>();

  Users(DocumentStore store) {
    this.store = store;
    store.all().forEach((key, user) -> byKey.put(key, User.fromJson(user)));
  }

  /** Adds a user; false if the name or e-mail address is taken. */
  synchronized boolean add(User user) {
    if (find(user.username()).isPresent()
        || user.attribute("email").flatMap(this::find).isPresent()) {
      return false;
    }
    keep("%08d".formatted(byKey.size()), user);
    return true;
  }

  /** Changes a user; empty if there is none with this name. */
  synchronized Optional<User> change(String name, UnaryOperator<User> change) {
    for (Map.Entry<String, User> entry : byKey.entrySet()) {
      if (isCalled(name).test(entry.getValue())) {
        User changed = change.apply(entry.getValue());
        keep(entry.getKey(), changed);
        return Optional.of(changed);
      }
    }
    return Optional.empty();
  }

  /** The user with this name, subject or e-mail address. */
  synchronized Optional<User> find(String name) {
    return first(isCalled(name));
  }

  /**
   * Also accepts the part of the address before the at sign; the oldest user wins if several share
   * it.
   */
  synchronized Optional<User> findByShortName(String name) {
    return find(name)
        .or(() -> first(user -> user.shortName().filter(name::equalsIgnoreCase).isPresent()));
  }

  /** All users. */
  synchronized List<User> all() {
    return new ArrayList<>(byKey.values());
  }

  private Optional<User> first(Predicate<User> wanted) {
    return byKey.values().stream().filter(wanted).findFirst();
  }

  private static Predicate<User> isCalled(String name) {
    return user ->
        user.username().equalsIgnoreCase(name)
            || user.subject().equals(name)
            || user.attribute("email").filter(name::equalsIgnoreCase).isPresent();
  }

  private void keep(String key, User user) {
    store.put(key, user.toJson());
    byKey.put(key, user);
  }
}
